// The device room: a key is pressed without leaving the page; a refusal is told in place.
(function () {
  'use strict';
  function say(text) {
    var said = document.getElementById('said');
    said.className = text ? 'said no' : 'said idle';
    document.getElementById('said-text').textContent = text;
  }
  document.addEventListener('click', function (event) {
    if (event.target.getAttribute && event.target.getAttribute('data-print') !== null) { window.print(); }
  });
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('data-press') === null) { return; }
    event.preventDefault();
    var sure = form.getAttribute('data-confirm');
    if (sure && !window.confirm(sure)) { return; }
    var request = new XMLHttpRequest(), lost = document.getElementById('said').getAttribute('data-lost');
    request.open('POST', form.getAttribute('action'));
    request.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
    request.timeout = 5000;
    request.onload = function () {
      say(request.status < 400 ? '' : request.responseText);
      setTimeout(window.paihao.look, 300);
    };
    request.onerror = request.ontimeout = function () { say(lost); };
    var pairs = [], i, fields = form.querySelectorAll('input, select');
    for (i = 0; i < fields.length; i++) { pairs.push(encodeURIComponent(fields[i].name) + '=' + encodeURIComponent(fields[i].value)); }
    request.send(pairs.join('&'));
  });
})();
