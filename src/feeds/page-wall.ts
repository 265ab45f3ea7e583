// Pages that answer with something else than an article: a request for consent, a subscription, a check for
// robots, an excuse. Their text must not be indexed as news; the feed's own summary is better. Signs are what a
// site says to its reader ("your", "you have", a command), not what a report says of others.

/** Characters from which a text is an article whatever else it says. */
const LONGEST_WALL = 1500;
const ACCOUNT =
  '(subscri(be|ption)|sign (in|up)|log ?in|regist(er|ration)|membership|member|account|free trial)';
/** One of these is enough. */
const SURE_SIGNS = [
  // Robots and scripts.
  /\b(enable|turn on|requires?) (javascript|js\b)/i,
  /\bjavascript (is|must be|being) (disabled|enabled|required)/i,
  /\b(verify|confirm|check(ing)?|prove) (that )?(you are|you're|if you are|if the site|your browser)\b.{0,40}(human|robot|bot|before|secure|$)/i,
  /\b(review|check)(ing)? the security of your connection\b/i,
  /\bunusual (traffic|activity) (from|on|in) your\b/i,
  /\byour access (to .{1,40} )?(is|has been) (denied|blocked)\b|\baccess (to this page )?(is |has been )?denied\b.{0,20}(because|$|\n|you)/i,
  /\b(disable|turn off|pause) your ad ?-?blocker/i,
  // Consent.
  /\b(we|wir|nous|noi|wij|nosotros|n[óo]s)\b,?.{0,30}\b(our|unsere|nos|nostri|onze|nuestros|nossos) (up to )?\d+ (\p{L}{1,20} )?(partners?|partnern|partenaires|socios|parceiros)\b/iu,
  // Payment.
  new RegExp(
    `\\b${ACCOUNT}\\b.{0,30}\\bto (continue|keep|carry on|read (on|more|this|the full|all)|unlock|access|finish)\\b`,
    'i',
  ),
  new RegExp(
    `\\bto (continue|keep|carry on|go on|finish) reading\\b.{0,60}\\b${ACCOUNT}\\b|\\bto (read|see|unlock) (the |this )?(full|whole|entire|rest).{0,60}\\b${ACCOUNT}\\b`,
    'i',
  ),
  /\b(this|the rest of this) (article|story|content|page|report) is (only |exclusively )?(reserved |available |exclusive )?(only |exclusively )?(for|to) (our )?(paying |registered )?(subscribers|members|users)\b/i,
  /\byou(’|')?(ve| have) (reached|used|hit|read) (your|all your|all of your|the) .{0,30}\bfree (articles?|stories|reads?)\b/i,
  // Excuses.
  /\b(content|site|website|page|video|article) (is|are) (not|un)( )?(currently )?available in your (region|country|area|location)\b/i,
  /\b(page|article|story) (you (are|were|’re|'re) looking for|you requested)\b.{0,60}\b(moved|deleted|removed|exist|found|unavailable)/i,
  /\b(an? )?(unexpected|internal) error (has )?occurred\b.{0,200}\b(try again|later|support)\b/is,
];
/** What one finds in a report, too, but hardly two of them in a short one. */
const SIGNS = [
  /\b(accept|reject|allow) (all|and continue|& continue)\b|\b(accept|reject|manage|our use of|we use) (all )?cookies\b/i,
  /\b(before you continue|we value your privacy|you(r)? (can|may) (change|withdraw) your (choices?|consent|mind)|change your choice)\b/i,
  /\b(your (privacy|consent|personal data|data)|privacy (choices|settings)|cookie (policy|settings|notice))\b/i,
  /\b(personali[sz]ed (ads|advertising|advertisements|content)|measure audience|without (ads|tracking))\b/i,
  /\b(store|process|access)(ing)? .{0,30}\b(information|data)\b.{0,20} (on|from) (a|your) device\b/i,
  /\b(already|become|if you are) an? (paid |registered )?(subscriber|member)\b|\balready have an account\b/i,
  /\b(for subscribers only|subscriber-only|unlimited (digital )?access|cancel any ?time|start your (free )?(trial|subscription))\b/i,
  /\bsubscribe (now|today|from|for)\b|\bcreate (your|a|an) (free )?account\b|\bper (week|month)\b|\ba (week|month) for\b/i,
  // The same in the languages whose sites ask first.
  /\b(datenschutz|zustimm(en|ung)|einwilligung|personenbezogene daten|mit werbung weiterlesen|abo abschlie(ß|ss)en)\b/i,
  /\b(accepter et continuer|gérer mes choix|votre consentement|tout accepter|continuer sans accepter)\b/i,
  /\b(aceptar (todo|y continuar)|configurar cookies|su consentimiento|accetta(re)? (tutto|e continua)|il tuo consenso)\b/i,
  /\b(mithilfe|einsatz|verwendung) von cookies\b|\b(stockons|utilisons|usamos|utilizziamo|utilizamos) (des |i )?cookies\b/i,
];

/** True when the text is a wall, or so short a teaser of an article that the page says is not free. */
export function isWall(text: string, isFree: boolean): boolean {
  if (text.length >= LONGEST_WALL) {
    return false;
  }
  const signs = SIGNS.filter((sign) => sign.test(text)).length;
  return !isFree || signs > 1 || SURE_SIGNS.some((sign) => sign.test(text));
}
