-- Parameters of table macros, one row per macro, in the order of its call.
select function_name, parameters
from duckdb_functions()
where not internal
  and function_type = 'table_macro'
order by function_name;
