//! The key of a project: the same undertaking named again gets the same key.

use unicode_normalization::UnicodeNormalization;

use crate::model::Identity;

/// The name without 项目, 工程 and 建设 at its end, without marks and width, and without the region's own name or its
/// stand-in (区人民医院, 潞城区人民医院) at its front. Phases stay: 一期 and 二期 differ.
pub(super) fn key(name: &str, identity: &Identity) -> String {
    let plain = |c: char| c.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let mut key: String = if name.chars().all(plain) {
        name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
    } else {
        name.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    loop {
        let cut = ["项目", "工程", "建设"].iter().find_map(|end| key.strip_suffix(end));
        match cut {
            Some(rest) if rest.chars().count() >= 2 => key = rest.to_string(),
            _ => break,
        }
    }
    let own = [&identity.county, &identity.prefecture, &identity.province];
    for region in own.into_iter().flatten() {
        let short = region.trim_end_matches(['省', '市', '区', '县', '旗', '州']);
        for front in [region.as_str(), short] {
            if front.chars().count() >= 2 {
                key = without(key, front);
            }
        }
    }
    for level in ["省", "市", "区", "县"] {
        let rest = key.strip_prefix(level).unwrap_or_default();
        if ["人民", "第", "中", "实验", "妇幼", "疾控", "图书", "博物", "文化", "体育", "档案"]
            .iter()
            .any(|w| rest.starts_with(w))
        {
            key = rest.to_string();
        }
    }
    for (digit, numeral) in [("1期", "一期"), ("2期", "二期"), ("3期", "三期"), ("4期", "四期"), ("5期", "五期")]
    {
        let at = key.find(digit).filter(|at| !key[..*at].ends_with(|c: char| c.is_ascii_digit()));
        if at.is_some() {
            key = key.replacen(digit, numeral, 1);
        }
    }
    key
}

/// `key` without `front`, where enough of a name remains.
fn without(key: String, front: &str) -> String {
    match key.strip_prefix(front) {
        Some(rest) if rest.chars().count() >= 4 => rest.to_string(),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_undertaking_has_one_key() {
        let identity = Identity {
            province: Some("山西省".into()),
            prefecture: Some("长治市".into()),
            county: Some("潞城区".into()),
            ..Identity::default()
        };
        let key = |name: &str| key(name, &identity);
        assert_eq!(key("区人民医院新建项目"), key("潞城区人民医院新建工程"));
        assert_eq!(key("“华储”光伏组件项目建设"), key("华储光伏组件"));
        assert_eq!(key("金融谷2期"), key("金融谷二期项目"));
        assert_ne!(key("金融谷一期"), key("金融谷二期"));
    }
}
