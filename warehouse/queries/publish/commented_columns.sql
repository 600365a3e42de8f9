-- Every column of the tables of the open file, in order, with its comment.
select table_name, column_name, comment
from duckdb_columns()
where database_name = current_database()
  and not internal
order by table_name, column_index;
