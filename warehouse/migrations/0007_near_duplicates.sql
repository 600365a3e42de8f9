-- Texts that say again what others say. All instants are UTC.

-- text_signatures: one row per text that was compared with the others: a sample of its shingles.
create table text_signatures (
  article_id uuid not null,
  content_hash varchar not null,
  first_seen_date date not null,
  shingles integer not null,
  sampled uinteger[] not null
);

-- near_duplicate_pairs: one row per two texts of different articles of which one says again a good part of the other, article_a < article_b.
create table near_duplicate_pairs (
  article_a uuid not null,
  content_hash_a varchar not null,
  article_b uuid not null,
  content_hash_b varchar not null,
  shared_shingles integer not null,
  similarity double not null,
  contained_a double not null,
  contained_b double not null,
  found_at timestamptz not null,
  run_id uuid not null
);
