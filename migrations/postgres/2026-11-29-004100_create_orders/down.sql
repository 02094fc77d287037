DROP TABLE order_words;
DROP TABLE order_entries;
DROP TABLE orders;
