// What eyes would find wrong on the page as it stands: a line for each, empty if all is well.
// `arguments[0]`: true if the element with the focus must be in sight and marked.
(function (focused) {
  'use strict';
  var wrong = [], wide = document.documentElement.scrollWidth, room = window.innerWidth;
  function box(node) { return node.getBoundingClientRect(); }
  function name(node) {
    var said = (node.innerText || node.value || node.getAttribute('aria-label') || '').replace(/\s+/g, ' ').slice(0, 30);
    var of = typeof node.className === 'string' && node.className ? '.' + node.className.split(' ').join('.') : '';
    return node.tagName.toLowerCase() + (node.id ? '#' + node.id : '') + of + ' "' + said + '"';
  }
  // What is read out and not shown, or is folded away.
  function is_seen(node) {
    var place = box(node);
    return node.getClientRects().length > 0 && place.width > 2 && place.height > 2 && getComputedStyle(node).visibility === 'visible';
  }
  function is_unseen_on_purpose(node) {
    while (node && node !== document.body) {
      if (/(^| )(unseen|hidden-label|skip)( |$)/.test(node.className) || node.tagName === 'svg' || node.tagName === 'OPTION') { return true; }
      node = node.parentNode;
    }
    return false;
  }
  function has_words(node) {
    var i, each;
    for (i = 0; i < node.childNodes.length; i++) {
      each = node.childNodes[i];
      if (each.nodeType === 3 && /\S/.test(each.nodeValue)) { return true; }
    }
    return false;
  }
  // Where the words of a node stand, without its padding.
  function words(node) {
    var range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  }
  // The words are told in full to who asks for them.
  function is_told(node) {
    while (node && node !== document.body) {
      if (node.getAttribute('title')) { return true; }
      node = node.parentNode;
    }
    return false;
  }
  function cut_by(node) {
    var place = words(node), at = node, style, edge, cuts_x, cuts_y;
    for (; at && at !== document.body; at = at.parentNode) {
      style = getComputedStyle(at);
      if (style.overflowX === 'auto' || style.overflowX === 'scroll' || style.overflowY === 'auto' || style.overflowY === 'scroll') { return null; }
      cuts_x = style.overflowX !== 'visible';
      cuts_y = style.overflowY !== 'visible';
      edge = box(at);
      if (cuts_x && (place.right > edge.right + 2 || place.left < edge.left - 2)) { return at; }
      if (cuts_y && (place.bottom > edge.bottom + 3 || place.top < edge.top - 3)) { return at; }
      if (/^(BUTTON|TD|TH)$/.test(at.tagName) || /(^| )(card|tile|tag|btn)( |$)/.test(at.className)) {
        if (place.right > edge.right + 2 || place.left < edge.left - 2) { return at; }
      }
      if (style.position === 'fixed') { return null; }
    }
    return null;
  }
  function look(node) {
    var edge;
    if (!has_words(node) || !is_seen(node) || is_unseen_on_purpose(node)) { return; }
    edge = cut_by(node);
    if (edge && !is_told(node)) { wrong.push('cut: ' + name(node) + ' by ' + name(edge)); }
  }
  function mark_of(node) {
    var style = getComputedStyle(node);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  }
  function sight(node) {
    var shown = node, place = box(node), middle;
    // A hidden box or disc is drawn by what stands beside it.
    if (node.tagName === 'INPUT' && /radio|checkbox/.test(node.type) && (place.width < 3 || getComputedStyle(node).opacity === '0')) {
      shown = node.nextElementSibling || node.parentNode;
      place = box(shown);
    }
    if (place.width < 3 || place.height < 3) { return 'focus on what is not seen: ' + name(node); }
    if (place.bottom <= 1 || place.top >= window.innerHeight - 1 || place.right <= 1 || place.left >= room - 1) { return 'focus outside the window: ' + name(node); }
    if (!mark_of(node) && !mark_of(shown) && !(shown.parentNode && mark_of(shown.parentNode))) { return 'no mark of the focus: ' + name(node); }
    middle = document.elementFromPoint(
      (Math.max(place.left, 0) + Math.min(place.right, room)) / 2,
      (Math.max(place.top, 0) + Math.min(place.bottom, window.innerHeight)) / 2);
    if (middle && !shown.contains(middle) && !middle.contains(shown) && !(shown.parentNode && shown.parentNode.contains(middle))) { return 'focus covered: ' + name(node) + ' by ' + name(middle); }
    return '';
  }
  var i, all, at = document.activeElement, said;
  if (wide > room + 1) {
    all = document.body.querySelectorAll('*');
    for (i = all.length - 1; i >= 0; i--) { if (is_seen(all[i]) && box(all[i]).right > room + 1) { break; } }
    wrong.push(wide + ' px wide' + (i >= 0 ? ' for ' + name(all[i]) : ''));
  }
  all = document.body.querySelectorAll('main *, header.top *');
  for (i = 0; i < all.length; i++) { look(all[i]); }
  if (focused && at && at !== document.body && at.tagName !== 'MAIN') {
    // A window made smaller shows what has the focus; so does the next key.
    if (at.scrollIntoView && focused === 'again') { at.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
    said = sight(at);
    if (said) { wrong.push(said); }
  }
  return wrong;
})
