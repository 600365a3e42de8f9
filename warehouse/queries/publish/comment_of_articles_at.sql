-- What is documented of the macro that every reading of articles goes through: one row.
select comment
from duckdb_functions()
where database_name = current_database()
  and function_name = 'articles_at';
