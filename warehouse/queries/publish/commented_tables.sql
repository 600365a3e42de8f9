-- Every table of the open file, in order of name, with its comment.
select table_name, comment
from duckdb_tables()
where database_name = current_database()
  and not internal
order by table_name;
