-- Templates of the snapshots that publishers are cleaned with now, one row per publisher that has one.
select states.publisher_id, snapshots.template_id
from learning_states as states
join snapshots using (snapshot_id)
where snapshots.template_id is not null;
