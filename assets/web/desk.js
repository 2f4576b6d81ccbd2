// The desk's keys: one press is one asking with one name; a lost answer is asked for again under it.
(function () {
  'use strict';
  var TRIES = 4, AGAIN_AFTER = 700, ANSWER_MAX = 5000, SECOND_PRESS = 6000, SAME_PRESS = 2000;
  var armed = 0, busy = false, done_last = '', done_at = 0;

  function node(id) { return document.getElementById(id); }
  function name() {
    var text = '', i;
    for (i = 0; i < 4; i++) { text += Math.floor(Math.random() * 4294967296).toString(16); }
    return 'desk-' + Date.now().toString(16) + '-' + text;
  }
  function say(text, kind) {
    var said = node('said');
    said.className = 'said ' + (text ? kind || '' : 'idle');
    node('said-text').textContent = text;
    node('said-page').hidden = true;
  }
  function chosen() {
    var body = item_chosen(), kind = document.querySelector('input[name=case]:checked'), copies = node('copies');
    if (kind && kind.value) { body['case'] = kind.value; }
    if (copies && Number(copies.value) > 1) { body.copies = Number(copies.value); }
    return body;
  }
  function item_chosen() {
    var item = node('item');
    return item && item.value ? { item: item.value } : {};
  }
  // What is ticked in the panel of papers.
  function ticked(mark) {
    var values = [], i, all = document.querySelectorAll('#papers input[' + mark + ']:checked');
    for (i = 0; i < all.length; i++) { values.push(all[i].getAttribute(mark)); }
    return values;
  }
  function paper(what, button) {
    if (what === 'deliver') { return { delivery: button.getAttribute('data-delivery') }; }
    var body = item_chosen(), number = node('case-no').value.trim(), other = node('missing-other').value.trim();
    if (number) { body['case'] = number; }
    if (what === 'decline') { body.reasons = ticked('data-decline'); }
    if (what === 'notice') {
      body.missing = ticked('data-missing').map(function (no) { return { no: Number(no) }; });
      if (other) { body.missing.push({ name: other }); }
    }
    return body;
  }
  // Where the panel of destinations points: one of the orders transfer, to-cashier and return.
  function sent_to(body) {
    var place = node('send-to').value.split(':');
    if (place.length < 2) { return place[0]; }
    if (place[0] === 'pipeline') { body.pipeline = place[1]; return 'next-leg'; }
    body[place[0] === 'window' ? 'to_window' : 'queue'] = place[1];
    body.reason = node('send-why').value;
    return 'transfer';
  }
  var PAPERS = ['notice', 'accept', 'decline', 'deliver'];
  // What is printed with what was noted, and how long a printer may take until it says so.
  var PRINTED = { notice: 'notice', accept: 'receipt', decline: 'refusal' }, PRINT_MAX = 40000;
  // The paper goes to the window's printer; the keys answer meanwhile, and what else was said is not
  // talked over, unless somebody must do something.
  function print(kind, before) {
    var request = new XMLHttpRequest(), waits = (before + ' ' + node('said').getAttribute('data-printing')).trim();
    function told(text, page, good) {
      if (good && node('said-text').textContent !== waits) { return; }
      say((before + ' ' + text).trim(), good ? 'yes' : 'no');
      if (page) { node('said-page').setAttribute('href', page); node('said-page').hidden = false; }
    }
    say(waits, 'yes');
    request.open('POST', '/api/v1/windows/' + encodeURIComponent(node('desk').getAttribute('data-window')) + '/print');
    request.setRequestHeader('content-type', 'application/json');
    request.timeout = PRINT_MAX;
    request.onload = function () {
      var answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
      if (request.status < 300) { told(answer.said, answer.page, answer.outcome === 'printed' || answer.outcome === 'taken' || !answer.printer); }
      else { told(answer.title || String(request.status), '', false); }
    };
    request.onerror = request.ontimeout = function () { told(node('said').getAttribute('data-unprinted'), '', false); };
    request.send(JSON.stringify({ paper: kind }));
  }
  // No key answers until the last one is: two orders at once would be a guess.
  function wait(on) {
    busy = on;
    document.body.setAttribute('aria-busy', on ? 'true' : 'false');
  }

  function post(path, body, done, refused) {
    if (busy) { return; }
    var what = path.split('/').pop();
    wait(true);
    body.request_id = name();
    var left = TRIES;
    (function attempt() {
      var request = new XMLHttpRequest();
      request.open('POST', path);
      request.setRequestHeader('content-type', 'application/json');
      request.timeout = ANSWER_MAX;
      request.onload = function () {
        wait(false);
        var answer = {};
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
        if (request.status < 300) { done_last = what; done_at = Date.now(); done(answer); }
        // A key that bounced: what it wanted is done, and what was said of that stays.
        else if (bounced(what)) { done_last = ''; }
        else {
          // Which key is right is said here, where there are keys; the server's own advice is for everybody.
          var right = node('said').getAttribute('data-do-' + answer.code) || answer.detail;
          say((answer.title || request.status) + (right ? ' ' + right : ''), 'no');
          if (refused) { refused(); }
        }
        window.paihao.now();
      };
      request.onerror = request.ontimeout = function () {
        left -= 1;
        if (left > 0) { say(node('said').getAttribute('data-trying'), 'no'); setTimeout(attempt, AGAIN_AFTER); }
        else { wait(false); say(node('said').getAttribute('data-lost'), 'no'); window.paihao.look(); }
      };
      request.send(JSON.stringify(body));
    })();
  }

  // A second press of a key whose first one was just done.
  function bounced(what) { return what === done_last && Date.now() - done_at < SAME_PRESS; }

  function order(button) {
    var what = button.getAttribute('data-order'), counter = node('desk').getAttribute('data-window');
    var body = {};
    if (what === 'pause' && !button.getAttribute('data-reason')) { open('pauses'); return; }
    if (what === 'papers' || what === 'sends') { open(what); return; }
    if (what === 'print') { open(null); print(button.getAttribute('data-paper'), ''); return; }
    if (what === 'verify' || what === 'unfit') { body.fits = what === 'verify'; what = 'verify'; }
    if (what === 'helper' || what === 'unhelp') {
      // The second of two presses falls on what stands there after the first.
      if (what === 'unhelp' && bounced('helper')) { return; }
      body.helped = what === 'helper';
      what = 'helper';
    }
    if (what === 'send') {
      // Nothing is chosen beforehand: Enter alone sends nobody anywhere.
      if (!node('send-to').value) { node('send-to').focus(); say(button.getAttribute('data-none'), 'no'); return; }
      what = sent_to(body);
    }
    if (what === 'call-back') { body.no = button.getAttribute('data-no-of'); }
    if (button.getAttribute('data-reason')) {
      var where = document.querySelector('input[name=where]:checked');
      body.reason = button.getAttribute('data-reason');
      if (where && where.value) { body.whereabouts = where.value; }
    }
    if (what === 'finish') { body = chosen(); }
    if (PAPERS.indexOf(what) >= 0) { body = paper(what, button); }
    if (what === 'call-next' && button.getAttribute('data-first')) {
      if (Date.now() - armed > SECOND_PRESS) {
        armed = Date.now();
        say(button.getAttribute('data-first'), '');
        return;
      }
      body.finish_current = true;
    }
    armed = 0;
    var path = '/api/v1/windows/' + encodeURIComponent(counter) + '/' + what;
    if (what === 'call') {
      body.no = node('number').value.replace(/\s/g, '').toUpperCase();
      if (!body.no) { node('number').focus(); return; }
    }
    if (what === 'reactivate') { path = '/api/v1/tickets/' + button.getAttribute('data-ticket') + '/reactivate'; }
    post(path, body, function (answer) {
      if (what !== 'deliver') { open(null); }
      if (answer.due) { say((button.getAttribute('data-due-said') || '{date}').replace('{date}', answer.due), 'yes'); }
      else if (answer.why && answer.ticket) { say(answer.ticket.no + ' ' + answer.why, 'yes'); }
      else { say(button.getAttribute('data-done') || '', 'yes'); }
      if (PRINTED[what]) { print(PRINTED[what], node('said-text').textContent); }
      if (what === 'call' && node('number')) { node('number').value = ''; node('number').blur(); }
    }, function () {
      // What is typed next replaces the number that was refused.
      if (what === 'call' && button === node('call')) { node('number').focus(); node('number').select(); }
    });
  }

  // Where a panel is entered: never a field to write in, which would take the digits of the keys.
  function first_of(panel) {
    return panel.querySelector('[data-reason]') || panel.querySelector('select, input[type=checkbox]') || panel.querySelector('[data-order], [data-closes]');
  }

  // A panel below the keys: digits choose, Esc leaves, focus comes back to where it was.
  function open(name) {
    var panels = document.querySelectorAll('.ask'), i, on, shown = false;
    for (i = 0; i < panels.length; i++) {
      on = panels[i].id === name;
      if (!on && !panels[i].hidden && panels[i].contains(document.activeElement)) { document.activeElement.blur(); }
      panels[i].hidden = !on;
      if (on) { shown = true; first_of(panels[i]).focus(); }
    }
    // The panel stands where the keys were, so that it never hides below the edge of a small screen.
    node('keys').className = shown ? 'keys away' : 'keys';
    node('desk').className = node('desk').className.replace(/ asking$/, '') + (shown ? ' asking' : '');
    // What was said of the key before is no word on this one.
    say('');
    if (name === 'sends' && node('send-to')) { node('send-to').value = ''; }
    if (name === 'pauses' && document.querySelector('input[name=where]')) { document.querySelector('input[name=where]').checked = true; }
  }
  // ← → move 去向 while the reasons are open.
  function move(step) {
    var all = document.querySelectorAll('input[name=where]'), i;
    for (i = 0; i < all.length && !all[i].checked; i++) { /* the chosen one */ }
    all[(i + step + all.length) % all.length].checked = true;
  }
  function opened() { return document.querySelector('.ask:not([hidden])'); }
  // The key around a place of the page, or null.
  function key_around(place) {
    while (place && place.getAttribute && !place.getAttribute('data-order') && !place.getAttribute('data-opens') && place.getAttribute('data-closes') === null) { place = place.parentNode; }
    return place && place.getAttribute ? place : null;
  }
  // Digits of a panel: its keys that show one, in their order.
  function numbered(panel, digit) {
    var i, all = panel.querySelectorAll('[data-order] kbd');
    for (i = 0; i < all.length; i++) {
      if (all[i].textContent === digit) { return key_around(all[i]); }
    }
    return null;
  }
  function turn(button) {
    var name = button.getAttribute('data-opens'), panel = opened();
    open(panel && panel.id === name ? null : name);
  }
  function writes(target) {
    return target.tagName === 'TEXTAREA' || target.tagName === 'SELECT' || (target.tagName === 'INPUT' && target.type !== 'checkbox' && target.type !== 'radio');
  }

  // The strip opens as a window of its own height, so that it leaves the department's program alone.
  var STRIP = 'popup=1,width=1366,height=96,left=0,top=0';
  document.addEventListener('click', function (event) {
    var strip = event.target.closest ? event.target.closest('[data-strip]') : null;
    if (strip && window.open(strip.href, strip.target, STRIP)) { event.preventDefault(); return; }
    var button = key_around(event.target);
    if (!button || button.disabled) { return; }
    // Keys are forms where there is no script; here they are pressed without leaving the page.
    event.preventDefault();
    if (button.getAttribute('data-opens')) { turn(button); return; }
    if (button.getAttribute('data-closes') !== null) { open(null); } else { order(button); }
  });
  document.addEventListener('keydown', function (event) {
    var panel = opened(), typing = !!node('number') && event.target === node('number'), name = event.key;
    if (event.altKey && !event.ctrlKey && (name === 'p' || name === 'P')) { name = 'Alt P'; }
    else if (event.altKey && !event.ctrlKey && /^[bnvxz]$/i.test(name)) { name = 'Alt ' + name.toUpperCase(); }
    else if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    // Enter in a field sends no form.
    if (name === 'Enter' && event.target.tagName === 'INPUT') { event.preventDefault(); }
    if (name === 'Escape') { open(null); armed = 0; if (typing) { event.target.blur(); } return; }
    if (panel && /^[1-9]$/.test(name) && !writes(event.target)) {
      var choice = numbered(panel, name);
      if (choice && !choice.disabled) { event.preventDefault(); order(choice); }
      return;
    }
    if (panel && panel.id === 'pauses' && document.querySelector('input[name=where]') && (name === 'ArrowLeft' || name === 'ArrowRight')) {
      event.preventDefault();
      move(name === 'ArrowLeft' ? -1 : 1);
      return;
    }
    if (panel && panel.id === 'sends' && name === 'Enter' && event.target.tagName === 'SELECT') { event.preventDefault(); if (!event.repeat) { order(node('send')); } return; }
    if (typing && name === 'Enter') { if (!node('call').disabled) { order(node('call')); } return; }
    if (!writes(event.target) && name === '/' && node('number')) { event.preventDefault(); node('number').focus(); node('number').select(); return; }
    var button = document.querySelector('[data-key="' + name + '"]');
    if (!button) { return; }
    event.preventDefault();
    if (event.repeat) { return; }
    if (button.getAttribute('data-opens')) { turn(button); }
    else if (!button.disabled) { order(button); }
    else if (button.getAttribute('data-no') && button.getAttribute('data-held') === null && !bounced(button.getAttribute('data-order'))) { say(button.getAttribute('data-no'), 'no'); }
  });
})();
