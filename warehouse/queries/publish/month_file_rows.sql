-- How many rows a Parquet file says it has: one row.
select num_rows
from parquet_file_metadata($path);
