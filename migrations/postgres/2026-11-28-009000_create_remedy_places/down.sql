DROP TABLE remedy_places;
