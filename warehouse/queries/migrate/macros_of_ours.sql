-- Table macros that stand in the file and were made by an earlier set of definitions.
select distinct function_name
from duckdb_functions()
where database_name = current_database()
  and not internal
  and function_type = 'table_macro'
  and function_name in (select relation from schema_docs);
