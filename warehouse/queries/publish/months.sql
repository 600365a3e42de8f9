-- The months of a long table: one row per month, the oldest first; month is NULL for rows whose article is missing.
-- Read by months.py, which fills in the table, the expression of a row's date and the columns that a row is known by.
with found as (
  select
    date_trunc('month', {date}) as month_begin,
    count(*) as month_size,
    sum(hash({known_by})) as known,
    min(month_rows.rowid) as first_row,
    max(month_rows.rowid) as last_row
  from {rows}
  group by 1
)
select strftime(month_begin, '%Y-%m') as month, month_size, known, first_row, last_row
from found
order by month_begin;
