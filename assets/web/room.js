// The device room: a key is pressed without leaving the page.
(function () {
  'use strict';
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('data-press') === null) { return; }
    event.preventDefault();
    var request = new XMLHttpRequest();
    request.open('POST', form.getAttribute('action'));
    request.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
    request.onload = function () { setTimeout(window.paihao.look, 300); };
    var pairs = [], i, fields = form.querySelectorAll('input');
    for (i = 0; i < fields.length; i++) { pairs.push(encodeURIComponent(fields[i].name) + '=' + encodeURIComponent(fields[i].value)); }
    request.send(pairs.join('&'));
  });
})();
