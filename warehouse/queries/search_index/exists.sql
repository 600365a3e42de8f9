-- Whether the file has an index: one row.
select count(*) > 0 as is_there
from duckdb_tables()
where database_name = current_database()
  and schema_name = 'fts_main_search_words';
