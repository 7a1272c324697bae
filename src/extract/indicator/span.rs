//! Which years the words of a sentence or a paragraph speak of: where a movement began, how many years it took.

use std::sync::LazyLock;

use regex::Regex;

use super::compose::Scene;
use super::figure::Figure;
use super::lead::Lead;
use super::period::{Frame, stated_year, years_named};
use crate::model::{Basis, Indicator, Measure, Status};
use crate::plan;

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?:19|20)[0-9]{2}年").expect("a constant pattern"));

/// Does the opening of a paragraph name the year that it speaks of? 2006年全县…, 预计2007年，…; but 由2005年的77亿元… and
/// 是2002年的两倍 measure from there.
pub fn names_a_year(opening: &str) -> bool {
    if !opening.contains('年') {
        return false;
    }
    YEAR.find_iter(opening).any(|year| {
        let (head, tail) = (&opening[..year.start()], opening[year.end()..].trim_start_matches(['末', '底']));
        let measured = tail.starts_with('的')
            && head.ends_with(['由', '从', '是', '为', '到', '至', '与', '同', '于', '比', '较'])
            || head.ends_with(['比', '较']);
        !measured && !tail.starts_with("远景")
    })
}

/// The year that a sentence opens with: 2006年，…, 预计2007年全县….
pub fn year_at_head(sentence: &str) -> Option<i16> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:预计|初步预计|到|至|截至|截止)?(?:到|至)?((?:19|20)[0-9]{2})年(?:底|末|全年)?")
            .expect("a constant pattern")
    });
    let sentence = sentence.trim_start();
    let found = HEAD.captures(sentence)?;
    let behind = &sentence[found.get(0)?.end()..];
    // 2001年以来, 2001年至2005年, 2003年启动: no time of what follows.
    (!behind.starts_with(['以', '至', '到', '启', '起', '开', '-', '—', '～', '度', '的']))
        .then(|| found[1].parse().ok())
        .flatten()
}

/// How many years a paragraph says that it is about, in a sentence of its own: ——这是综合实力跃升的五年。
pub fn years_told(sentence: &str) -> Option<i16> {
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:这是|这|过去的?)[^。；]{0,60}的([三四五])年(?:。|！|$)").expect("a constant pattern")
    });
    let sentence = sentence.trim_start_matches([' ', '　', '—', '-', '·', '●', '◆', '*']);
    if !sentence.starts_with(['这', '过']) {
        return None;
    }
    TOLD.captures(sentence).map(|found| match &found[1] {
        "三" => 3,
        "四" => 4,
        _ => 5,
    })
}

/// The year that the last value of a clause is measured from: 比2015年翻了一番, 是2002年的3.1倍, 为“十五”末的2倍.
fn measured_from(clause: &str) -> Option<i16> {
    static FROM: LazyLock<Regex> = LazyLock::new(|| {
        let names = plan::NAMES;
        Regex::new(&format!(
            "(?:[比较与]|(?:是|为|相当于))(?:((?:19|20)[0-9]{{2}})年(?:底|末)?|“?({names})”?(?:期末|末期|末年|末))"
        ))
        .expect("a constant pattern")
    });
    if !clause.contains(['年', '末']) {
        return None;
    }
    let found = FROM.captures_iter(clause).last()?;
    match found.get(1) {
        Some(year) => year.as_str().parse().ok(),
        None => plan::last_year(found.get(2)?.as_str()),
    }
}

/// How many years a movement took by the clause behind its end: 由32亿元增加到68亿元|，五年翻了一番.
fn years_behind(after: &str) -> Option<i16> {
    let rest = after.strip_prefix(['，', ','])?;
    let end = rest.find(['，', '。', '；', ',', '、']).unwrap_or(rest.len());
    let clause = &rest[..end];
    // 从143亿元增加到466亿元，其中地方收入从64亿元增加到212亿元，年均分别增长26%和27%: of both.
    if clause.starts_with("其中") && clause.contains(['从', '由']) {
        return years_behind(&rest[end..]);
    }
    years_named(clause).or_else(|| {
        // 年均 spans a term of five where nothing says which.
        let yearly = ["年均增", "年均递", "年均提", "年均下", "年均净增", "年均分别", "年递增", "分别年均"]
            .iter()
            .any(|word| clause.starts_with(word));
        yearly.then_some(5)
    })
}

/// The years that the movements of a sentence are measured from.
#[derive(Debug, Default)]
pub struct Since {
    /// Where the movements of the sentence began: 由2010年的77亿元增加到….
    began: Option<i16>,
    /// Where the movement of the last statistic began.
    moved: Option<i16>,
    /// The year that the last statistic was held against: 是2002年的3.1倍.
    held: Option<i16>,
    /// The last value is a share without a predicate: 支出1.6万亿元、|占财政支出|近七成, but 占比|达到|30%.
    plain_share: bool,
    /// The last year that any statistic of the sentence was held against: 比2003年净增15亿元，…，其中一产…年均增长11%.
    base: Option<i16>,
    /// The year that all movements are held against from there on: 比2012年（下同）增长48%.
    ever: Option<i16>,
}

impl Since {
    /// What a sentence opens with: 从2011年到2016年，生产总值由66亿元增加到121亿元.
    pub fn of(sentence: &str) -> Self {
        let began = sentence.trim_start().strip_prefix(['从', '由']).and_then(|rest| {
            let (year, rest) = rest.split_at_checked(4)?;
            let rest = rest.strip_prefix('年')?.strip_prefix(['到', '至'])?;
            let ends = rest.split_at_checked(4)?.1.starts_with("年，");
            year.parse().ok().filter(|_| ends)
        });
        Self { began, ..Self::default() }
    }

    /// Take in what the words before a figure say, and tell `lead` the year of a value that a movement began at.
    /// `places`: where the figure begins, and which figure is next.
    #[expect(clippy::too_many_arguments, reason = "one call, from the walk over the figures")]
    pub fn read(
        &mut self,
        scene: &Scene<'_>,
        figures: &[Figure],
        (start, next): (usize, usize),
        lead: &mut Lead<'_>,
        lead_text: &str,
        earlier: bool,
        carried: bool,
    ) {
        // 生产总值由2010年的77亿元增加到…；财政收入由5亿元增加到…: the movements of a sentence began in the same year.
        if earlier {
            let last_year = scene.context.rules.grammar.from_last_year.find_iter(lead_text).next().is_some();
            if lead.year.is_none() && !last_year {
                lead.year = self.began.or_else(|| began_by_what_follows(scene, figures, next, start));
            } else {
                self.began = lead.year;
            }
        }
        if !carried {
            self.held = None;
        }
        let from = measured_from(lead_text);
        self.held = from.or(self.held);
        self.base = from.or(self.base);
        if from.is_some() && lead_text.contains("下同") {
            self.ever = from;
        }
        self.plain_share =
            lead.share_of.is_some_and(|whole| lead_text.trim_end().trim_end_matches('的').ends_with(whole));
        if !carried || earlier {
            self.moved = lead.year.filter(|_| earlier);
        }
    }

    /// Date a row by what was taken in.
    pub fn date(&self, row: &mut Indicator, lead: &Lead<'_>, frame: Frame, carried: bool, last: Option<&Indicator>) {
        let Some(year) = row.year else { return };
        let moved = row.measure == Measure::Growth && row.status == Status::Actual;
        // A mean of years that nothing else tells: since the year that the sentence speaks of.
        let untold = frame.years.is_none() && frame.chapter.is_none() && row.year_start == Some(year - 4);
        if let Some(from) = self.base.filter(|from| untold && lead.yearly && moved && from + 1 < year) {
            row.year_start = Some(from + 1);
        }
        // 比2012年（下同）增长48%；投资354亿元，增长125%
        if let Some(from) = self.ever
            && moved
            && row.year_start.is_none()
            && lead.year.is_none()
            && lead.basis.is_none()
            && from + 1 < year
        {
            row.year_start = Some(from + 1);
        }
        // 是2002年的3.1倍，年均增长17%: from there on.
        if let (Some(from), true) = (self.held, lead.yearly && row.measure == Measure::Growth)
            && from + 1 < year
        {
            row.year_start = Some(from + 1);
        }
        // 由1995年的43亿元增加到86亿元，实现翻番: so is the movement itself.
        if let (Some(from), Measure::Growth | Measure::Change, None) = (self.moved, row.measure, row.year_start)
            && carried
            && lead.year.is_none()
            && lead.basis != Some(Basis::Yoy)
            && from + 1 < year
        {
            row.year_start = Some(from + 1);
        }
        // 累计完成1417亿元，是“九五”的2.5倍: the multiple is of what was summed up.
        let of_a_plan = |against: &str| {
            plan::at_start(against.trim_start_matches('“')).is_some() && !against.ends_with('末')
                || ["前五年", "上届", "上一个五年", "上个五年"].iter().any(|term| against.starts_with(term))
        };
        // 五年支出累计1.6万亿元、占财政支出近七成: so is the share that is told with it.
        if row.measure == Measure::Ratio
            && row.year_start.is_none()
            && carried
            && (self.plain_share || lead.completed || lead.against.is_some_and(of_a_plan))
            && let Some(summed) = last.filter(|last| row.name.starts_with(&last.name) && last.year == row.year)
            && summed.measure == Measure::Level
        {
            row.year_start = summed.year_start;
        }
    }
}

/// The year in which a movement began by what is told behind its end: 由32亿元增加到68亿元，五年翻了一番. Nothing where the part
/// speaks of several years, as these say it.
fn began_by_what_follows(scene: &Scene<'_>, figures: &[Figure], next: usize, start: usize) -> Option<i16> {
    if scene.frame.years.is_some() || scene.frame.chapter.is_some() {
        return None;
    }
    let long = years_behind(&scene.sentence[figures.get(next)?.outer().end..])?;
    let last = stated_year(&scene.context.rules.grammar, &scene.sentence[..start]);
    let section = &scene.sections[scene.section];
    let review = scene.context.identity.review_year.filter(|_| section.period == Status::Actual);
    last.or(review).map(|year| year - long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_a_paragraph_opens_with() {
        assert!(names_a_year("2006年全县完成税收8亿元"));
        assert!(names_a_year("到2010年，税收达到8亿元"));
        assert!(!names_a_year("税收完成8亿元，是2002年的两倍以上"));
        assert!(!names_a_year("税收由2005年的5亿元增加到2010年的8亿元"));
        assert_eq!(year_at_head("预计2007年，税收完成8亿元"), Some(2007));
        assert_eq!(year_at_head("2007年以来，税收完成8亿元"), None);
        assert_eq!(year_at_head("税收2007年完成8亿元"), None);
    }

    #[test]
    fn years_that_are_told() {
        assert_eq!(years_told("——这是综合实力大幅跃升的五年。"), Some(5));
        assert_eq!(years_told("这是极不平凡的一年。"), None);
    }

    #[test]
    fn years_of_movements() {
        assert_eq!(measured_from("，是2002年的"), Some(2002));
        assert_eq!(measured_from("比“十五”末"), Some(2005));
        assert_eq!(measured_from("达到"), None);
        assert_eq!(years_behind("，五年翻了一番多。"), Some(5));
        assert_eq!(years_behind("，年均增长8%。"), Some(5));
        assert_eq!(years_behind("，增长8%。"), None);
    }
}
