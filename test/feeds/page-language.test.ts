import { expect, it } from 'vitest';
import { languageOf } from '#src/feeds/page-language.js';

const TEXTS: Record<string, string> = {
  en: 'Zimbabwe needed eleven off the last over in Harare, and Raza took them with two balls to spare.',
  fr: 'Le Zimbabwe avait besoin de onze points dans la dernière série, et Raza les a pris avec une balle de reste dans le stade.',
  de: 'Simbabwe brauchte elf Läufe im letzten Over, und Raza schlug sie mit zwei Bällen, die nicht mehr nötig waren.',
  es: 'Zimbabue necesitaba once carreras en la última serie y Raza las logró con dos bolas de sobra para el equipo.',
  it: 'Lo Zimbabwe aveva bisogno di undici punti nella serie finale, e Raza li ha presi con due palle che non sono servite.',
  pt: 'O Zimbábue precisava de onze corridas na última série, e Raza não perdeu tempo para as fazer com duas bolas.',
  nl: 'Zimbabwe had elf runs nodig in de laatste over, en Raza sloeg ze met twee ballen die niet meer nodig waren van het begin.',
  af: "Zimbabwe het elf lopies nodig gehad in die laaste beurt, en Raza het hulle met twee balle oor nie gemis nie, 'n rekord.",
  hi: 'ज़िम्बाब्वे को हरारे में आखिरी ओवर में ग्यारह रन चाहिए थे और रज़ा ने दो गेंद शेष रहते मैच जिता दिया।',
  bn: 'শেষ ওভারে জিম্বাবুয়ের এগারো রান দরকার ছিল এবং রাজা দুই বল হাতে রেখেই তা করে ফেলেন।',
  ur: 'آخری اوور میں زمبابوے کو گیارہ رنز درکار تھے اور رضا نے دو گیندیں پہلے ہی میچ جتوا دیا، ہرارے میں بڑا ہجوم تھا۔',
  ar: 'كانت زيمبابوي بحاجة إلى أحد عشر شوطا في الجولة الأخيرة، وسجلها رضا قبل كرتين من النهاية.',
  ta: 'கடைசி ஓவரில் ஜிம்பாப்வேக்கு பதினொரு ரன்கள் தேவைப்பட்டது.',
  si: 'අවසන් පන්දුවාරයේදී සිම්බාබ්වේට ලකුණු එකොළහක් අවශ්‍ය විය.',
  ru: 'Зимбабве требовалось одиннадцать очков в последнем овере, и Раза взял их за два мяча до конца.',
  ja: 'ジンバブエは最後のオーバーで十一点が必要だったが、ラザが二球を残して決めた。',
  zh: '津巴布韦在最后一轮需要十一分，拉扎在还剩两球时完成了任务。',
};

it.each(Object.entries(TEXTS))('tells %s from the text alone', (language, text) => {
  expect(languageOf(text, undefined)).toBe(language);
});

it.each([
  ['mr', TEXTS['hi'], 'mr-IN'],
  ['fa', TEXTS['ur'], 'fa'],
  ['ms', 'Zimbabwe memerlukan sebelas larian.', 'ms_MY'],
])('takes the page’s word for %s', (language, text = '', declared) => {
  expect(languageOf(text, declared)).toBe(language);
});

it.each([
  ['hi', TEXTS['hi'], 'en-US'],
  ['en', TEXTS['en'], 'ar'],
  ['en', TEXTS['en'], 'English'],
  ['en', TEXTS['en'], ''],
])(
  'does not believe what the script contradicts, nor what is no tag: %s',
  (language, text = '', declared) => {
    expect(languageOf(text, declared)).toBe(language);
  },
);

it('says nothing of a text that tells nothing', () => {
  expect(languageOf('', undefined)).toBeUndefined();
  expect(languageOf('283 & 172, 61* (38)', undefined)).toBeUndefined();
  expect(languageOf('Raza, Ervine, Burl, Muzarabani', undefined)).toBeUndefined();
});
