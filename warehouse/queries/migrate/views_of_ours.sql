-- Views that stand in the file and were made by an earlier set of definitions.
select view_name
from duckdb_views()
where database_name = current_database()
  and not internal
  and view_name in (select relation from schema_docs);
