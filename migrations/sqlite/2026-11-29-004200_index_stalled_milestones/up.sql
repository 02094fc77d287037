-- Steps that lay too long, by the day on which somebody was told: what score cards count.
CREATE INDEX milestones_by_day ON milestones (fell_on, milestone, case_id);
