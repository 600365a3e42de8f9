-- The columns of a relation of the open file, in order: name and type.
select column_name, data_type
from duckdb_columns()
where database_name = current_database()
  and table_name = $relation
order by column_index;
