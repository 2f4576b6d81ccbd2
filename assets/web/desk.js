// The desk's keys: one press is one asking with one name; a lost answer is asked for again under it.
(function () {
  'use strict';
  var TRIES = 4, AGAIN_AFTER = 700, ANSWER_MAX = 5000, SECOND_PRESS = 6000;
  var armed = 0, busy = false;

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
  }
  function chosen() {
    var body = {}, item = node('item'), kind = document.querySelector('input[name=case]:checked');
    if (item && item.value) { body.item = item.value; }
    if (kind && kind.value) { body['case'] = kind.value; }
    return body;
  }
  // No key answers until the last one is: two orders at once would be a guess.
  function wait(on) {
    busy = on;
    document.body.setAttribute('aria-busy', on ? 'true' : 'false');
  }

  function post(path, body, done) {
    if (busy) { return; }
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
        if (request.status < 300) { done(answer); }
        else { say((answer.title || request.status) + (answer.detail ? ' ' + answer.detail : ''), 'no'); }
        window.paihao.look();
      };
      request.onerror = request.ontimeout = function () {
        left -= 1;
        if (left > 0) { say(node('said').getAttribute('data-trying'), 'no'); setTimeout(attempt, AGAIN_AFTER); }
        else { wait(false); say(node('said').getAttribute('data-lost'), 'no'); window.paihao.look(); }
      };
      request.send(JSON.stringify(body));
    })();
  }

  function order(button) {
    var what = button.getAttribute('data-order'), counter = node('desk').getAttribute('data-window');
    var body = {};
    if (what === 'pause' && !button.getAttribute('data-reason')) { ask(true); return; }
    if (button.getAttribute('data-reason')) { body.reason = button.getAttribute('data-reason'); }
    if (what === 'finish') { body = chosen(); }
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
      ask(false);
      if (answer.why && answer.ticket) { say(answer.ticket.no + ' ' + answer.why, 'yes'); }
      else { say(button.getAttribute('data-done') || '', 'yes'); }
      if (what === 'call') { node('number').value = ''; node('number').blur(); }
    });
  }

  // The reasons of a pause: digits choose, Esc leaves, focus comes back to where it was.
  function ask(on) {
    var pauses = node('pauses');
    if (!on && !pauses.hidden && pauses.contains(document.activeElement)) { document.activeElement.blur(); }
    pauses.hidden = !on;
    if (on) { pauses.querySelector('button').focus(); }
  }

  document.addEventListener('click', function (event) {
    var button = event.target;
    while (button && button.getAttribute && !button.getAttribute('data-order')) { button = button.parentNode; }
    if (button && button.getAttribute && !button.disabled) { order(button); }
    if (event.target.id === 'not-now') { ask(false); }
  });
  document.addEventListener('keydown', function (event) {
    var pauses = node('pauses'), typing = event.target === node('number');
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === 'Escape') { ask(false); armed = 0; if (typing) { event.target.blur(); } return; }
    if (!pauses.hidden && /^[1-9]$/.test(event.key)) {
      var reason = pauses.querySelectorAll('[data-reason]')[Number(event.key) - 1];
      if (reason && !reason.disabled) { event.preventDefault(); order(reason); }
      return;
    }
    if (typing && event.key === 'Enter') { if (!node('call').disabled) { order(node('call')); } return; }
    if (!typing && event.key === '/') { event.preventDefault(); node('number').focus(); node('number').select(); return; }
    var button = document.querySelector('[data-key="' + event.key + '"]');
    if (!button) { return; }
    event.preventDefault();
    if (!button.disabled && !event.repeat) { order(button); }
  });
})();
