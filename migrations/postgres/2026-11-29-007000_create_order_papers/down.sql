DROP TABLE order_papers;
