-- Every table of ours in the file, in order of name; those whose rows lie in files by month are views of the same name. An index for ranked
-- search has its own, in a schema of its own.
select table_name
from duckdb_tables()
where database_name = current_database()
  and not internal
  and schema_name = 'main'
union all
select view_name as table_name
from duckdb_views()
where database_name = current_database()
  and view_name in (select unnest($long_tables))
order by table_name;
