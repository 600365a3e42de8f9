-- Columns of tables and views, one row per column, in the order of the relation. table_type: BASE TABLE or VIEW.
select columns.table_name, columns.column_name, columns.data_type, tables.table_type
from information_schema.columns
join information_schema.tables
  on tables.table_catalog = columns.table_catalog
  and tables.table_schema = columns.table_schema
  and tables.table_name = columns.table_name
where columns.table_schema = 'main'
order by columns.table_name, columns.ordinal_position;
