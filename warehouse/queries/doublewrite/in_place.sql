-- One row per block that a checkpoint of this connection's file may write anew where it stands; none in memory.
select databases.path, sizes.block_size, blocks.block_id
from pragma_metadata_info() as blocks
cross join duckdb_databases() as databases
inner join pragma_database_size() as sizes on sizes.database_name = databases.database_name
where databases.database_name = current_database() and databases.path is not null
order by blocks.block_id;
