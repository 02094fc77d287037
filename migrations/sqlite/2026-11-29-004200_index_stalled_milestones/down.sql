DROP INDEX milestones_by_day;
