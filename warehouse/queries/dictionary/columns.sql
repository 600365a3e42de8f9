-- Columns of tables and views, one row per column, in the order of the relation.
select table_name, column_name, data_type
from information_schema.columns
where table_schema = 'main'
order by table_name, ordinal_position;
