-- Between which polls may entries have come and gone unseen?
select feed_id, previous_polled_at, polled_at, round(hours, 1) as hours, entries_before, entries
from gaps -- no rows in the demo: its feeds skip nothing
order by hours desc, feed_id, polled_at
limit 10;
