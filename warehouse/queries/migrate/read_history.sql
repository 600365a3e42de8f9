-- Applied migrations, first to last.
select number, name, sha256
from migration_history
order by number;
