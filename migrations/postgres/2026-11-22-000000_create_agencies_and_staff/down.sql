DROP TABLE refresh_tokens;
DROP TABLE staff_roles;
DROP TABLE staff;
DROP TABLE agency_tree;
DROP TABLE agencies;
