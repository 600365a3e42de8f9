-- What kind of database the tables are made in: `duckdb` for a file of its own.
select type
from duckdb_databases()
where database_name = current_database();
