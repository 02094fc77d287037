DROP TABLE sealed_heads;
DROP TABLE seals;
DROP TABLE seal_nodes;
DROP TABLE seal_leaves;
