-- One month of a long table, as a Parquet file, in the order in which its rows were loaded, which is nearly that of date. Filled in by months.py, as months.sql is.
copy (
  select month_rows.*
  from {rows}
  where month_rows.rowid between $first_row and $last_row
    and date_trunc('month', {date}) is not distinct from strptime($month || '-01', '%Y-%m-%d')
) to {path} (format parquet, compression zstd, row_group_size {group});
