//! 运维: five touches in the corner, the code, and what may be done behind it.

use super::touch::{deafen, rest};
use crate::{
    limits,
    model::{
        Model,
        message::Effect,
        operator::{Behind, Code, CodeEntry, Ending},
        page::Page,
        service::Service,
    },
    moment::Moment,
};

/// A touch in the corner. Where no code was ever set, nothing lies behind it.
pub(super) fn corner(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.touched = now;
    let enough = model.guard.touched_corner(now);
    let is_inside = entry(model).is_some() || behind(model).is_some();
    if !enough || !model.settings.has_code || is_inside || matches!(model.page, Page::Taking { .. })
    {
        return Vec::new();
    }
    rest(model, now);
    let locked_secs = model.guard.locked_secs(now);
    open(model, Service::Code(CodeEntry { locked_secs, ..CodeEntry::default() }), now);
    Vec::new()
}

fn open(model: &mut Model, service: Service, now: Moment) {
    model.trail = vec![Page::Start];
    model.page = Page::Service(Box::new(service));
    deafen(model, now);
}

fn entry(model: &mut Model) -> Option<&mut CodeEntry> {
    let Page::Service(service) = &mut model.page else { return None };
    if let Service::Code(entry) = service.as_mut() { Some(entry) } else { None }
}

fn behind(model: &mut Model) -> Option<&mut Behind> {
    let Page::Service(service) = &mut model.page else { return None };
    if let Service::Behind(behind) = service.as_mut() { Some(behind) } else { None }
}

/// A digit of the code.
pub(super) fn typed(model: &mut Model, key: char, now: Moment) {
    count_down(model, now);
    let Some(entry) = entry(model) else { return };
    entry.wrong = false;
    if key.is_ascii_digit()
        && entry.locked_secs == 0
        && entry.code.0.len() < limits::CODE_DIGITS_MAX
    {
        entry.code.0.push(key);
    }
}

/// 删除.
pub(super) fn erased(model: &mut Model) {
    if let Some(entry) = entry(model) {
        entry.code.0.pop();
    }
}

/// 确定: the code is compared, unless too many were wrong.
pub(super) fn seek(model: &mut Model, now: Moment) -> Option<Vec<Effect>> {
    count_down(model, now);
    let entry = entry(model)?;
    let code = std::mem::take(&mut entry.code);
    let is_tried = entry.locked_secs == 0 && !code.0.is_empty();
    Some(if is_tried { vec![Effect::CheckCode(code)] } else { Vec::new() })
}

/// The code was right or wrong.
pub(super) fn checked(model: &mut Model, is_right: bool, memory_mib: Option<u32>, now: Moment) {
    if entry(model).is_none() {
        return;
    }
    model.guard.note(is_right, now);
    if is_right {
        open(model, Service::Behind(Behind { memory_mib, ..Behind::default() }), now);
        return;
    }
    let locked_secs = model.guard.locked_secs(now);
    if let Some(entry) = entry(model) {
        *entry = CodeEntry { code: Code::default(), wrong: true, locked_secs };
    }
}

/// A locked page counts its seconds, and opens by itself.
pub(super) fn count_down(model: &mut Model, now: Moment) {
    let locked_secs = model.guard.locked_secs(now);
    if let Some(entry) = entry(model) {
        // What was wrong was said before the pause.
        entry.wrong &= entry.locked_secs == 0 || locked_secs > 0;
        entry.locked_secs = locked_secs;
    }
}

/// 打印测试小票.
pub(super) fn test(model: &mut Model) -> Vec<Effect> {
    match behind(model) {
        Some(behind) if !behind.testing => {
            behind.testing = true;
            vec![Effect::PrintTest]
        }
        Some(_) | None => Vec::new(),
    }
}

/// It came out, or it did not.
pub(super) fn tested(model: &mut Model, came: bool) {
    if let Some(behind) = behind(model) {
        (behind.testing, behind.tested) = (false, Some(came));
    }
}

/// 关闭, 重新启动: only from behind the code, and a restart only where somebody begins it again.
pub(super) fn end(model: &mut Model, ending: Ending) -> Vec<Effect> {
    let possible = ending == Ending::Close || model.settings.is_kept;
    if possible && behind(model).is_some() { vec![Effect::End(ending)] } else { Vec::new() }
}
