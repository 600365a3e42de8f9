-- Every table of ours in the file, in order of name; an index for ranked search has its own, in a schema of its own.
select table_name
from duckdb_tables()
where database_name = current_database()
  and not internal
  and schema_name = 'main'
order by table_name;
