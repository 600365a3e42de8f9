-- Ledgers of this part: some blocks before the article, its headline, byline and caption, the kept paragraphs, a learned label, and some
-- after it.
insert into article_blocks (article_id, content_hash, ruleset_id, snapshot_id, page_id, blocks)
with spans as (
  select
    *,
    list_transform(
      range(paragraph_count), p -> cast(coalesce(list_sum(list_transform(paragraphs[1:p], each -> length(each) + 2)), 0) as integer)
    ) as starts
  from versions
), parts as (
  select
    *,
    list_transform(range(6), i -> {
      'text': sentence('menu', n % getvariable('publishers'), i, 1), 'kind': 'boilerplate', 'dom_path': 'body/header.top/nav/ul/li',
      'link_density': 1.0, 'role': 'navigation', 'verdict': 'removed', 'rule_id': 'outside-article',
      'reason': 'stands outside the article on the page', 'field': null, 'char_start': null, 'char_end': null
    }) as menu,
    [
      {
        'text': title, 'kind': 'heading', 'dom_path': 'body/main/article/h1', 'link_density': 0.0, 'role': null, 'verdict': 'moved',
        'rule_id': 'headline', 'reason': 'is the title', 'field': 'title', 'char_start': null, 'char_end': null
      },
      {
        'text': concat('By ', author), 'kind': 'byline', 'dom_path': 'body/main/article/p.by', 'link_density': 0.5, 'role': 'byline',
        'verdict': 'moved', 'rule_id': 'byline', 'reason': 'names who wrote it', 'field': 'authors', 'char_start': null, 'char_end': null
      },
      {
        'text': sentence('caption', n, 0, 9), 'kind': 'caption', 'dom_path': 'body/main/article/figure/figcaption', 'link_density': 0.0,
        'role': 'caption', 'verdict': 'moved', 'rule_id': 'caption', 'reason': 'a picture''s caption', 'field': 'captions',
        'char_start': null, 'char_end': null
      }
    ] as head,
    list_transform(range(paragraph_count), p -> {
      'text': null, 'kind': 'paragraph', 'dom_path': 'body/main/article/div.text/p', 'link_density': 0.0, 'role': null, 'verdict': 'kept',
      'rule_id': null, 'reason': null, 'field': null, 'char_start': starts[p + 1], 'char_end': starts[p + 1] + length(paragraphs[p + 1])
    }) as body,
    [{
      'text': sentence('label', n % getvariable('feeds') % getvariable('publishers'), 0, 2), 'kind': 'paragraph',
      'dom_path': 'body/main/article/div.text/p', 'link_density': 0.0, 'role': null, 'verdict': 'removed',
      'rule_id': concat('learned-edge-', substring(digest('rule', n % getvariable('feeds') % getvariable('publishers'), 0), 1, 16)),
      'reason': 'recurs at the end of this publisher''s articles', 'field': null, 'char_start': null, 'char_end': null
    }] as label,
    list_transform(range(6), i -> {
      'text': sentence('related', n // 200 * getvariable('feeds') + n % getvariable('feeds'), i, 7), 'kind': 'boilerplate',
      'dom_path': 'body/aside.related/p', 'link_density': 1.0, 'role': 'related', 'verdict': 'removed', 'rule_id': 'outside-article',
      'reason': 'stands outside the article on the page', 'field': null, 'char_start': null, 'char_end': null
    }) as foot
  from spans
), joined as (
  select *, list_concat(list_concat(menu, head), list_concat(list_concat(body, label), foot)) as page
  from parts
)
select
  article_id, content_hash, 'rules-generated', snapshot_of(publisher_id), page_id,
  list_transform(range(len(page)), i -> {
    'position': cast(i as integer),
    'text': page[i + 1].text,
    'text_hash': hash(coalesce(page[i + 1].text, paragraphs[i - 8])),
    'kind': page[i + 1].kind,
    'dom_path': page[i + 1].dom_path,
    'link_density': cast(page[i + 1].link_density as double),
    'role': page[i + 1].role,
    'verdict': page[i + 1].verdict,
    'rule_id': page[i + 1].rule_id,
    'reason': page[i + 1].reason,
    'field': page[i + 1].field,
    'char_start': page[i + 1].char_start,
    'char_end': page[i + 1].char_end,
    'repeat_of': cast(null as integer)
  })
from joined;
