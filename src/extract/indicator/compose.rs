//! The walk over the figures of a sentence: the words that belong to each, what is carried on, who gets a row.

use super::Context;
use super::against::{basis_of, gap_at_end};
use super::circumstance::{at_a_speed, bare_move, in_frame, move_before, stand_alone};
use super::code;
use super::dealing::owners_before;
use super::figure::{Figure, Layout};
use super::grammar::Effect;
use super::head;
use super::heavier;
use super::held::level_before;
use super::lead::{Lead, parse_lead};
use super::listed::{
    bounded_alike, deeds_around, goes_on, is_outlay, list_goes_on, of_same_years, of_the_last_year, own_deed,
    part_of_deed, summed_with,
};
use super::members::{Chain, Recent, deal, names_something, of_recent};
use super::naming::{Around, Naming, name_group};
use super::owner;
use super::part;
use super::period::{Frame, stated_year, years_opening};
use super::preceding::{clause_before, list_before, names_before, object_before};
use super::reach::{glued_name, group_end, lead_start, reaches, trail_end};
use super::relative;
use super::row::build;
use super::shared::Waiting;
use super::span::Since;
use super::topic::of_whom;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::{Bound, Dismissed, Indicator, Measure, Section, Status};

/// Where a sentence stands.
pub struct Scene<'a> {
    pub context: &'a Context<'a>,
    pub sentence: &'a str,
    /// Byte of the clean text at which the sentence begins.
    pub at: usize,
    pub section: usize,
    pub sections: &'a [Section],
    pub frame: Frame,
}

/// What a clause leaves to the next one.
#[derive(Debug, Default, Clone)]
pub struct Carried {
    pub names: Vec<String>,
    pub action: Option<String>,
    pub subject: Option<String>,
    /// The deed stood behind its thing (棚户区改建107个).
    pub deed_behind: bool,
    /// What was counted before an aspect of it took its place (23个项目完成投资28亿元、竣工7个).
    pub counted: Option<(Vec<String>, Dimension)>,
    /// The share that its last value was (工业投资占固定资产投资比重): what moves by percentage points next is this.
    pub shares: Vec<String>,
    /// Whose turn it is, where the values of a list have verbs of their own (分别增长8%、下降2%、增长5%).
    pub turn: Option<usize>,
    /// What its values measure, and by which rule it was named.
    pub dimension: Option<Dimension>,
    pub rule: &'static str,
    /// The part of the region that the last value was said of (其中|甲县|20亿元).
    pub part: Option<String>,
}

/// Turn the figures of a sentence into indicators.
pub fn compose(scene: &Scene<'_>, figures: &[Figure], found: &mut Vec<Indicator>, dismissed: &mut Vec<Dismissed>) {
    let sentence = scene.sentence;
    let grammar = &scene.context.rules.grammar;
    let layout = Layout::new(sentence, figures);
    let mut carried = Carried::default();
    let mut consumed = 0;
    let mut last_rank_scope: Option<String> = None;
    let mut recent: Vec<Recent> = Vec::new();
    let mut chain = Chain::default();
    let mut moved: Option<Effect> = None;
    let mut last_effect: Option<Effect> = None;
    let mut span: Option<(i16, i16)> = None;
    let mut deferred: Option<String> = None;
    let mut since = Since::of(sentence);
    let mut glued_from = false;
    let mut topic = None;
    let mut waiting = Waiting::default();
    let mut i = 0;
    // What was carried before a bracket that tells what an amount holds (收入52亿元（含|退税3亿元|）、增长4%).
    let mut outer: Option<Carried> = None;
    while i < figures.len() {
        let start = figures[i].outer().start;
        leave_bracket(&mut carried, &mut outer, &sentence[consumed.min(start)..start]);
        let (lead_start, coordinated) = lead_start(grammar, sentence, &layout, consumed.min(start), start, i > 0);
        let lead_text = &sentence[lead_start.min(start)..start];
        let doubles = matches!(&figures[i], Figure::Value(q) if q.shape == NumberShape::Doubling);
        let mut lead = parse_lead(grammar, scene.context.lexicon, lead_text, doubles);
        // 改造旧电厂和|3座水厂: what stands before the conjunction is another member of the list.
        let joined = lead_text.trim_end();
        // 补贴|惠及|3200户
        let verb = joined.ends_with("惠及");
        if lead.effect.is_none() && joined.ends_with(['和', '及', '与', '并']) && !verb {
            lead.name = "";
            lead.subject = None;
        }
        // 产值1240亿元、|销售|1186亿元、利税117亿元: what was sold, where the list is of money.
        if coordinated
            && lead.action == Some("销售")
            && lead.name.is_empty()
            && carried.action.is_none()
            && carried.dimension == Some(Dimension::Money)
            && matches!(&figures[i], Figure::Value(q) if q.dimension == Dimension::Money)
        {
            (lead.name, lead.action) = ("销售", None);
        }
        let end = group_end(grammar, sentence, figures, i, lead.each);
        let group = &figures[i..end];
        let last_end = group.last().map_or(start, |f| f.outer().end);
        let next = figures.get(end).map_or(sentence.len(), |f| f.outer().start).max(last_end);
        let trail_end = trail_end(scene, &layout, last_end, next);
        // 在退税12亿元|的情况下: the frame is nothing that was counted.
        let trail_text =
            Some(&sentence[last_end..trail_end]).filter(|behind| grammar.frames.prefix_of(behind).is_none());
        let trail_text = trail_text.unwrap_or_default();
        read_gap(scene, &group[0], lead_text, &mut lead);

        // 较“十三五”末的9323亿元增加4374亿元: what was, of the statistic before.
        let before = level_before(lead_text, &sentence[last_end..]);
        if let Some((head, year)) = before {
            lead = parse_lead(grammar, scene.context.lexicon, head, false);
            (lead.year, lead.from, lead.effect) = (year, true, Some(Effect::State));
        }
        let effect_before = lead.effect;
        stand_alone(scene, &group[0], lead_text, trail_text, &mut lead);
        bare_move(&group[0], &carried, &mut lead);
        move_before(scene, &group[0], &mut lead);
        // 压减会议经费31%、培训经费43%: the members of the list moved alike.
        let relative = |q: &Quantity| matches!(q.dimension, Dimension::Percent | Dimension::PercentagePoint);
        if coordinated
            && lead.effect.is_none()
            && lead.action.is_none()
            && matches!(&group[0], Figure::Value(q) if relative(q))
        {
            lead.effect = moved;
        }
        // 增长8%、力争10%, 增长7%以上、力争达到8%: with nothing but a hope before it, the next value moves as the last did.
        let hope = grammar.hopes.contains(lead_text.trim());
        let bare = (lead.effect.is_none() || hope && lead.effect == Some(Effect::State))
            && lead.action.is_none()
            && lead.name.is_empty()
            && !lead_text.trim().is_empty();
        // 增长8.7%（可比口径12.9%）: the same movement, reckoned in another way.
        let reckoned = bare
            && sentence[..lead_start].ends_with(['（', '('])
            && lead_start <= consumed + '（'.len_utf8()
            && sentence.get(consumed..lead_start).is_some();
        if bare && (coordinated || hope || reckoned) && matches!(&group[0], Figure::Value(q) if relative(q)) {
            lead.effect = last_effect.or(lead.effect);
        }
        last_effect = lead.effect.filter(|effect| matches!(effect, Effect::Up | Effect::Down));
        moved =
            lead.effect.filter(|_| effect_before.is_none() && matches!(lead.effect, Some(Effect::Up | Effect::Down)));

        let framed = in_frame(grammar, lead_text, &sentence[last_end..], &mut lead);
        at_a_speed(&group[0], lead_text, trail_text, &mut lead);
        let runs_on = trail_end == next && next < sentence.len();
        head::behind_value(scene, &mut lead, group, (lead_text, trail_text), runs_on);
        let glued_next = glued_name(scene, sentence, figures, end, &layout, &lead, last_end);
        let around = Around {
            group,
            lead: &lead,
            lead_text,
            trail_text,
            runs_on,
            bare_next: figures.get(end).is_some_and(|f| {
                sentence[f.outer().end..].trim_start().chars().next().is_none_or(|c| !crate::text::is_han(c))
            }),
            carried: &carried,
            coordinated,
            glued: glued_next,
        };
        let (naming, used) = name_group(scene, around);
        let consumed_before = consumed;
        consumed = last_end + used;
        // A statistic in a clause of its own right before is nearer than the one that the figures before were of.
        let nearer = |naming: &Naming| {
            // …的镇4个；工业总产值迈上千亿台阶，|1300亿元: nor is it of what was counted before.
            let other = matches!((&group[0], carried.dimension), (Figure::Value(q), Some(Dimension::Count))
                if q.dimension == Dimension::Money);
            naming.rule == "carried"
                && naming.action.is_none()
                && !lead.each
                && (lead.effect.is_some() || other && lead.name.is_empty())
        };
        // 低保补贴、护理补贴标准，分别从165元、220元…: a clause of as many names as there are values.
        let listed = |naming: &Naming| {
            (naming.rule == "carried" || naming.rule == "facet" && naming.keeps_carried) && lead.each && group.len() > 1
        };
        let ranked = matches!(&group[0], Figure::Rank(_));
        let list = || list_before(scene, lead_start, consumed_before).filter(|_| ranked && lead.name.is_empty());
        let naming = match naming {
            Some(naming)
                if naming.carried
                    && let Some(list) = list() =>
            {
                Some(list)
            }
            None if let Some(list) = list() => Some(list),
            Some(carried) if listed(&carried) => {
                names_before(scene, lead_start, consumed_before, group.len(), &lead).or(Some(carried))
            }
            Some(carried) if nearer(&carried) => clause_before(scene, lead_start, consumed_before, &lead)
                .filter(|near| near.names.iter().all(|name| scene.context.lexicon.code(name).is_some()))
                .or(Some(carried)),
            // 养老金实现“十七连涨”，月人均达2738元: an aspect of what the clause before speaks of.
            Some(own) if carried.names.is_empty() && grammar.plain_facets.contains(lead.name) => Some(group.len())
                .filter(|&values| lead.each && values > 1)
                .and_then(|values| names_before(scene, lead_start, consumed_before, values, &lead))
                .or_else(|| clause_before(scene, lead_start, consumed_before, &lead))
                .or(Some(own)),
            Some(naming) => Some(naming),
            None => Some(group.len())
                .filter(|&values| lead.each && values > 1)
                .and_then(|values| names_before(scene, lead_start, consumed_before, values, &lead))
                .or_else(|| clause_before(scene, lead_start, consumed_before, &lead)),
        };
        let naming = naming.map(|mut naming| {
            // 公交、地铁服务不断改善，满意率分别达…: of each that the clause before lists.
            if lead.each
                && group.len() > 1
                && !naming.carried
                && naming.names.len() == 1
                && naming.names[0] == lead.name
                && let Some(names) = owners_before(scene, &lead, group.len(), consumed_before, lead_start)
            {
                naming.names = names;
            }
            // 加快保障性住房建设，开工1200套: a bare deed is done to what the clause before speaks of.
            if naming.rule == "action_value"
                && let Some(object) = object_before(scene, lead_start, consumed_before)
                && matches!(&group[0], Figure::Value(q) if q.dimension != Dimension::Money)
            {
                naming.names = vec![object];
                naming.carried = true;
                naming.keeps_carried = false;
            }
            let near = sentence.get(consumed_before..lead_start).unwrap_or_default();
            let counted = matches!(carried.dimension, Some(Dimension::Count)) && matches!(near.trim(), "，" | ",");
            if let Some(place) = relative::settled(grammar, &naming, &carried.names, counted) {
                naming.subject = Some(place.to_owned());
            }
            relative::laid_out(&mut naming, &lead, &carried.names, carried.dimension, near);
            if naming.rule == "carried"
                && relative::sum_of_money(grammar, &group[0], lead_text, carried.dimension)
                && let Some((verb, money)) = relative::money_given(grammar, near)
            {
                naming.names = vec![money.to_owned()];
                naming.action = Some(verb.to_owned());
                (naming.carried, naming.keeps_carried) = (true, false);
            }
            // 产业园完成征地1200亩，引进企业11家: what the next clause tells is still theirs.
            let goes_on_of = naming.subject.is_none()
                && !naming.carried
                && (lead.action.is_some() && lead.effect.is_none() || lead.completed);
            if goes_on_of
                && naming.action.is_some()
                && carried.action.is_some()
                && lead_text.trim_start().starts_with(lead.action.unwrap_or("完成"))
            {
                let near = sentence.get(consumed_before..lead_start).map(str::trim);
                let place = |who: &String| {
                    grammar.subject_tails.suffix_of(who).or_else(|| grammar.area_tails.suffix_of(who)).is_some()
                        && !who.contains(['、', '等'])
                };
                if matches!(near, Some("，" | ",")) {
                    naming.subject = carried.subject.clone().filter(place);
                }
            }
            // 省属企业完成产业投资55亿元、研发投入13亿元: all of a list is theirs.
            if coordinated
                && naming.subject.is_none()
                && !naming.carried
                && lead.action.is_none()
                && lead.effect.is_none()
                && naming.rule == "name_value"
                && naming.action == carried.action
            {
                let theirs = |who: &String| !who.starts_with("全") && !who.contains(['、', '等']);
                naming.subject = carried.subject.clone().filter(theirs);
            }
            // 每个县建成2个示范区、20个示范村: in each of which all of a list is done.
            if coordinated && naming.subject.is_none() && !naming.carried {
                naming.subject = carried.subject.clone().filter(|who| who.starts_with('每'));
            }
            // 建成阅读中心20个，书屋20个: the next clause says the same of another thing and leaves the verb out.
            let adjacent = matches!(sentence.get(consumed_before..lead_start).map(str::trim), Some("，" | ","));
            let alone = naming.rule != "value_name"
                || lead_text.trim().is_empty()
                    && sentence[consumed..].trim_start().starts_with(['，', '、', '；', '。', '和', '及', '！']);
            let between = sentence.get(consumed_before..lead_start).unwrap_or_default();
            // 净增98万户、突破1900万户，其中…: nor is a part of the whole stock what was added.
            let told = found.last().is_some_and(|last| last.action == carried.action);
            if naming.action.is_none()
                && told
                && part_of_deed(scene, &lead, &naming, &group[0], &carried, (between, lead_text))
            {
                naming.action.clone_from(&carried.action);
            }
            if naming.action.is_none()
                && matches!(between.trim(), "，" | ",")
                && sentence[consumed..].trim_start().starts_with(['，', '、', '；', '。'])
                && list_goes_on(scene, &lead, &naming, &group[0], &carried, lead_text)
            {
                naming.action.clone_from(&carried.action);
            }
            // 加装电梯200台，累计410台 is a stock.
            let summed = lead_text.starts_with("累计") || lead_text.starts_with('共');
            if naming.action.is_none()
                && adjacent
                && alone
                && !summed
                && goes_on(scene, &lead, &naming, &group[0], &carried)
            {
                naming.action.clone_from(&carried.action);
            }
            naming
        });
        // The deed of a list, where this member has one of its own and the next one may not.
        let mut list_deed = None;
        let naming = naming.map(|mut naming| {
            deeds_around(scene, &mut naming, &lead, &around);
            // 投资2亿元|建设甲地、乙地等|4个园区: the verb stands before the list, behind the money that was laid out.
            if naming.action.is_none()
                && naming.rule == "value_name"
                && coordinated
                && lead_text.trim_end().ends_with('等')
            {
                let list = sentence.get(consumed_before..start).unwrap_or_default();
                naming.action = heavier::at_head(grammar, list).map(str::to_owned);
            }
            relative::not_yet(&mut naming, lead_text, scene.sections[scene.section].period);
            // 推进总投资137亿元的|92个项目, 抓好总投资638亿元、|128个项目: what is done is done to the projects, not to their cost.
            let counts_next = figures.get(end).is_some_and(|next| {
                matches!(next, Figure::Value(q) if q.dimension == Dimension::Count)
                    && matches!(sentence[last_end..next.outer().start].trim(), "的" | "、" | "的约" | "的近")
            });
            if counts_next && is_outlay(scene, &lead, &group[0]) {
                let deed = naming.action.take().or_else(|| lead.completed.then(|| "完成".to_owned()));
                deferred = deed.filter(|deed| lead_text.contains(&format!("{deed}{}", lead.name)));
            } else if let Some(deed) = deferred.take()
                && naming.rule == "value_name"
                && (naming.action.is_none() || coordinated)
            {
                naming.action = Some(deed);
            }
            // 向27个项目|提供|2951万元: what they got is the next value.
            let given = around.runs_on && lead.action.is_none() && naming.rule == "value_name";
            if given && lead_text.rsplit('，').next().unwrap_or_default().trim().starts_with(['向', '与', '给', '为'])
            {
                naming.action = None;
            }
            // 建设装机2727万千瓦、治沙238万亩: a member of a list that tells a deed of its own.
            if coordinated
                && lead.action.is_none()
                && naming.action == carried.action
                && own_deed(&carried, scene, &naming)
            {
                list_deed = naming.action.take();
            }
            naming
        });
        let naming = naming.map(|mut naming| {
            part::go_on(&mut naming, &mut carried, &sentence[consumed_before.min(start)..start]);
            of_whom(scene, &mut topic, &mut naming, &lead, lead_text, (start, last_end));
            if let Some(who) = relative::doer_of_list(grammar, &naming, lead_text) {
                naming.subject = Some(who.to_owned());
            }
            owner::join(scene, &mut naming, &lead, &carried, consumed_before, (lead_start, last_end));
            naming
        });
        let mut each_own: Vec<Recent> = Vec::new();
        let naming = naming.map(|naming| {
            let (naming, own) = of_recent(scene, naming, &lead, group.len(), &recent);
            each_own = own;
            naming
        });
        let naming = naming.filter(|n| n.names.iter().all(|name| names_something(name, ranked)));
        let near = sentence.get(consumed_before..lead_start).map(str::trim);
        let naming = naming.map(|naming| chain.told_of_all(naming, &lead, group, coordinated, near));
        let naming = naming.map(|mut naming| {
            let points = matches!(&group[0], Figure::Value(q) if q.dimension == Dimension::PercentagePoint);
            // 工业投资占固定资产投资比重达31%，提高4.9个百分点: what moved is the share. 占比提高3个百分点，突破36%: what it came to.
            let reached = (lead.effect == Some(Effect::State) || lead_text.trim().is_empty())
                && lead.name.is_empty()
                && lead.against.is_none()
                && matches!(&group[0], Figure::Value(q) if q.dimension == Dimension::Percent)
                && found.last().is_some_and(|last| last.measure == Measure::Change);
            if (points || reached)
                && naming.keeps_carried
                && lead.rate_noun.is_none()
                && carried.shares.len() == naming.names.len()
            {
                naming.names.clone_from(&carried.shares);
            }
            // 浓度…，同比改善9.2%: less of it is better, also where the clause before names it.
            let better = grammar.better.suffix_of(lead_text.trim_end());
            if lead.effect == Some(Effect::Up) && better.is_some() && naming.carried {
                let less = |name: &String| grammar.the_less_the_better.suffix_of(name).is_some();
                if naming.names.iter().all(less) {
                    lead.effect = Some(Effect::Down);
                }
            }
            naming
        });
        let Some(naming) = naming else {
            for figure in group {
                dismissed.push(Dismissed { span: figure.span().shifted(scene.at), reason: "no name to go with it" });
            }
            i = end;
            continue;
        };
        let mut naming = naming;
        // 在收入下降5%|的情况下，仍增长6%: what follows is of what was spoken of before the frame.
        naming.keeps_carried |= framed && !carried.names.is_empty();
        let own = !naming.carried || (naming.rule == "facet" && !naming.keeps_carried);
        for name in naming.names.iter().filter(|_| own) {
            // 产业占增加值比重74%、…，分别提高2.8和1.2个百分点: what moved is the share.
            let name = lead.share_of.map_or_else(|| name.clone(), |whole| format!("{name}占{whole}"));
            recent.retain(|before| before.name != name);
            recent.push(Recent { name, action: naming.action.clone(), subject: naming.subject.clone() });
        }
        if !naming.keeps_carried {
            let counted = carried.dimension.map(|dimension| (std::mem::take(&mut carried.names), dimension));
            carried = Carried {
                counted: counted.filter(|_| naming.rule == "facet"),
                deed_behind: naming.rule == "name_value"
                    && naming.action.as_deref().is_some_and(|deed| lead_text.trim_end().ends_with(deed)),
                rule: naming.rule,
                names: naming.names.clone(),
                action: naming.action.clone().or(list_deed),
                subject: naming.subject.clone(),
                shares: Vec::new(),
                part: None,
                turn: None,
                dimension: match group.last() {
                    Some(Figure::Value(quantity)) => Some(quantity.dimension),
                    _ => None,
                },
            };
        }
        if let Some(whole) = lead.share_of {
            carried.shares = naming.names.iter().map(|name| format!("{name}占{whole}")).collect();
        }
        // 综合实力在百强城市中|由39位|提升到31位
        let from = match &group[0] {
            Figure::Rank(rank) => lead.from || sentence[rank.outer.start..rank.span.start].contains(['由', '从']),
            _ => lead.from,
        };
        // 由13677户|49479人|减至887户: both parts of what was.
        let from = from || glued_from && lead_text.is_empty();
        let next_but_one = figures.get(end).filter(|f| f.outer().start == last_end).zip(figures.get(end + 1));
        let earlier = before.is_some()
            || from
                && (figures.get(end).is_some_and(|f| reaches(&sentence[last_end..f.span().start.max(last_end)]))
                    || next_but_one.is_some_and(|(f, g)| reaches(&sentence[f.outer().end..g.span().start])));
        glued_from = earlier && next_but_one.is_some();
        since.read(scene, figures, (start, end), &mut lead, lead_text, earlier, naming.carried);
        // 投资占比重从26%提高到52%: what it ended at is of the same share.
        if earlier && let Some(whole) = lead.share_of {
            carried.names = naming.names.iter().map(|name| format!("{name}占{whole}")).collect();
        }
        let shared = lead.each.then(|| bound_of_all(group)).flatten();
        let single = group.len() == 1 && naming.names.len() > 2;
        let glued_clause =
            matches!(sentence.get(consumed_before.min(start)..lead_start).map(str::trim), Some("，" | ","));
        let first_row = found.len();
        let turn = carried.turn.filter(|_| single && coordinated && naming.carried && !lead.each && !lead.both);
        let opens = single && lead.each && sentence[last_end..].trim_start().starts_with('、');
        carried.turn = turn.map(|turn| turn + 1).or_else(|| opens.then_some(1));
        for (k, figure) in group.iter().enumerate() {
            if let Figure::Rank(rank) = figure
                && rank.scope.is_some()
            {
                last_rank_scope.clone_from(&rank.scope);
            }
            let more = sentence[last_end..].trim_start().starts_with('、');
            let mine = turn.and_then(|turn| naming.names.get(turn)).map(|name| vec![name.as_str()]);
            let names = mine.unwrap_or_else(|| deal(&naming, &lead, group.len(), k, (more, coordinated)));
            for name in names {
                let own = each_own.get(k).map(|own| own.applied(&naming));
                let mut row =
                    build(scene, figure, &lead, lead_text, name, own.as_ref().unwrap_or(&naming), earlier, shared);
                // 新建建筑100%达到绿色标准: of those that are new, a share; nothing is built by the percent.
                if row.measure == Measure::Ratio
                    && row.unit_si.as_deref() == Some("percent")
                    && !naming.carried
                    && lead.action.is_some()
                    && let Some(kind) = row.action.take_if(|deed| grammar.kinds_of.contains(deed))
                {
                    row.name.insert_str(0, &kind);
                }
                // 新动工、新投产项目分别为27个和19个: each its own deed.
                if let (true, Some(deeds)) = (lead.each, &naming.action)
                    && deeds.matches('、').count() + 1 == group.len()
                {
                    row.action = deeds.split('、').nth(k).map(str::to_owned);
                }
                // 四年新增就业9100人，再就业4360人: the next clause still speaks of those years.
                if sentence[consumed_before.min(start)..start].contains('；') {
                    span = None;
                }
                let amount = row.measure == Measure::Level && lead.effect != Some(Effect::State);
                if let (Some((first, last)), None, true) = (span, row.year_start, amount)
                    && row.year == Some(last)
                    && !grammar.says_one_year(lead_text)
                    // 五年累计获奖20项，其中2020年获6项
                    && stated_year(grammar, lead_text).is_none()
                {
                    row.year_start = Some(first);
                }
                since.date(&mut row, &lead, scene.frame, naming.carried, found.last());
                // 年均增长9.3%，高于全市1.1个百分点: the distance is over the same years.
                if row.measure == Measure::Gap
                    && let Some(grown) =
                        found.last().filter(|last| last.name == row.name && last.section == row.section)
                    && grown.year == row.year
                    && matches!(grown.measure, Measure::Growth | Measure::Gap)
                {
                    row.year_start = row.year_start.or(grown.year_start);
                }
                // 五年年均增长25%，其中地方收入197亿元: a mean over the years says nothing of what follows.
                if row.measure == Measure::Level && years_opening(grammar, lead_text).is_some() {
                    span = row.year_start.zip(row.year);
                }
                if let Some(last) = found.last_mut().filter(|last| last.section == row.section) {
                    of_same_years(last, &mut row, &lead, &naming, coordinated, grammar);
                }
                of_the_last_year(scene, found, &row, &lead, &naming);
                if row.measure == Measure::Rank && row.rank_scope.is_none() {
                    row.rank_scope.clone_from(&last_rank_scope);
                }
                if let Some(last) = found.last() {
                    if glued_clause {
                        summed_with(scene, &mut row, last, &lead);
                    }
                    if code::goes_on_without(&row, last) {
                        row.code = None;
                    }
                    if coordinated {
                        bounded_alike(scene, &mut row, last);
                    }
                }
                // 居民收入增长6%，快于经济增长: what was reached is told by its number.
                if let (Figure::Phrase(phrase), Status::Actual) = (figure, row.status)
                    && phrase.outpaces
                {
                    dismissed.push(Dismissed { span: row.span, reason: "a comparison without a number" });
                    continue;
                }
                found.push(row);
            }
        }
        let between = sentence.get(consumed_before..group[0].outer().start).map(str::trim);
        let told = lead.effect.is_some() || lead.action.is_some();
        waiting.read(&naming, &group[0], between, &sentence[last_end..], told, first_row, found);
        i = end;
    }
}

/// Behind a bracket that tells what an amount holds the sentence goes on with the amount. `words` since the last figure.
fn leave_bracket(carried: &mut Carried, outer: &mut Option<Carried>, words: &str) {
    if !words.contains(['（', '(', '）', ')']) {
        return;
    }
    if outer.is_some() && words.contains(['）', ')']) {
        *carried = outer.take().unwrap_or_default();
    } else if outer.is_none()
        && let Some(at) = words.rfind(['（', '('])
        && let inside = words[at..].trim_start_matches(['（', '('])
        && ["含", "不含", "其中", "包括"].iter().any(|word| inside.starts_with(word))
    {
        *outer = Some(carried.clone());
    }
}

/// The gap that the words before a value speak of: 高于全省, 超全市平均水平, 比全国平均高.
fn read_gap<'t>(scene: &Scene<'_>, figure: &Figure, lead_text: &'t str, lead: &mut Lead<'t>) {
    let Figure::Value(quantity) = figure else { return };
    let points = quantity.unit_si.as_deref() == Some("percentage_point");
    // 支出增幅高于收入增幅3个百分点: the movement at the end is that of the other one.
    let other = |object: &str| points && scene.context.rules.grammar.rate_nouns.suffix_of(object).is_some();
    if matches!(lead.effect, Some(Effect::Up | Effect::Down))
        && !gap_at_end(lead_text).is_some_and(|(_, object, _)| other(object))
    {
        return;
    }
    let distant = [
        "指标", "红线", "限额", "平均", "全省", "全市", "全国", "目标", "计划", "预期", "任务", "水平", "全区", "同期",
    ];
    if let Some((head, object, sign)) = gap_at_end(lead_text.trim_end_matches(['约', '近']))
        // 水质优于Ⅲ类水的河流长度占全区总长度|50%: a share.
        && !object.contains('占')
        && (points || (distant.iter().any(|w| object.contains(w)) && !object.ends_with(['到', '为', '达'])))
    {
        let grammar = &scene.context.rules.grammar;
        let whole = parse_lead(grammar, scene.context.lexicon, head, false);
        lead.name = whole.name;
        lead.action = whole.action;
        lead.subject = whole.subject;
        lead.rate_noun = whole.rate_noun;
        lead.each |= whole.each || object.contains("分别");
        lead.both |= whole.both;
        lead.effect = Some(if sign < 0.0 { Effect::GapDown } else { Effect::GapUp });
        lead.against = Some(object);
        lead.basis = Some(basis_of(object));
    }
}

/// The bound that holds for all values of 分别: the word before the first of them (分别超过5万元、2万元) or behind the last
/// (分别增长8.5%、10%以上).
fn bound_of_all(group: &[Figure]) -> Option<Bound> {
    if let Some(Figure::Value(first)) = group.first()
        && group.len() > 1
        && first.bound != Bound::Eq
        && first.outer.start < first.span.start
    {
        return Some(first.bound);
    }
    match group.last() {
        Some(Figure::Value(last)) if matches!(last.bound, Bound::Ge | Bound::Le | Bound::Approx) => Some(last.bound),
        _ => None,
    }
}
