-- How many runs there were.
select count(*) as runs
from runs;
