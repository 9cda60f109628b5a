import type { Traits } from "@hearth/ui/portrait"

/** Names of one part of the world, and what faces there mostly look like, so that a portrait fits its name. */
export interface Region {
  soft: string[]
  plain: string[]
  last: string[]
  skin: [from: number, to: number]
  styles?: Traits["style"][]
  /** Hair is dark there, until it is grey. */
  dark?: boolean
  /** Of a thousand people. */
  share: number
}
const list = (text: string) => text.split(/,\s*/)

export const regions: readonly Region[] = [
  {
    soft: list(
      "Emma, Freya, Harriet, Imogen, Alice, Beth, Eleanor, Rosie, Maeve, Niamh, Tess, Ruth, Hazel, Orla, Joan, Daisy, Flora",
    ),
    plain: list(
      "Tom, Callum, Ewan, George, Owen, Rhys, Alfie, Hugh, Fergus, Declan, Martin, Simon, Joe, Arthur, Rory, Piers, Ted",
    ),
    last: list(
      "Ashworth, Barlow, Carver, Doyle, Fairfax, Gallagher, Hale, Kerr, Lindsay, Marsh, Nolan, Pemberton, Quill, Rowe, Sutton, Thorne, Whitlock, Yarrow",
    ),
    skin: [0, 2],
    share: 210,
  },
  {
    soft: list(
      "Ingrid, Maren, Astrid, Sanne, Liv, Elin, Greta, Anneke, Frauke, Signe, Johanna, Katrin, Marit, Wiebke, Lotte, Tuuli",
    ),
    plain: list(
      "Lars, Jonas, Henrik, Mats, Anton, Bjørn, Felix, Emil, Jan, Pieter, Matthias, Sven, Aarne, Till, Oskar, Nils",
    ),
    last: list(
      "Lindqvist, Haugen, van Dijk, Brandt, Nieminen, Sørensen, Krüger, de Vries, Holm, Albrecht, Dahl, Vogel, Bakker, Lehtonen, Winther, Jansen",
    ),
    skin: [0, 1],
    share: 190,
  },
  {
    soft: list("Rosa, Beatriz, Inês, Lucía, Chiara, Elena, Carmen, Giulia, Marta, Sofia, Paloma, Noemi, Alba, Teresa"),
    plain: list("Tomás, Luca, Mateo, Rui, Diego, Paolo, Joaquim, Andrés, Bruno, Marco, Iker, Vasco, Dario, Nuno"),
    last: list(
      "Ferreira, Moretti, Lima, Quispe, Navarro, Ricci, Carvalho, Ortega, Bianchi, Sousa, Delgado, Romano, Pires, Vega, Conti, Almeida",
    ),
    skin: [1, 3],
    share: 150,
  },
  {
    soft: list(
      "Ngozi, Amara, Thandiwe, Efua, Wanjiru, Zola, Adaeze, Makena, Abena, Lindiwe, Folake, Imani, Naledi, Yetunde",
    ),
    plain: list(
      "Oluwaseun, Kwame, Tendai, Chidi, Kofi, Jabari, Sipho, Emeka, Mandla, Babajide, Kamau, Obinna, Themba, Yaw",
    ),
    last: list(
      "Okafor, Bello, Mensah, Dube, Adeyemi, Mwangi, Nkosi, Owusu, Eze, Banda, Kamara, Achieng, Moyo, Asante, Diallo, Otieno",
    ),
    skin: [5, 6],
    dark: true,
    share: 110,
  },
  {
    soft: list(
      "Fatima, Leila, Yasmin, Ayşe, Samira, Nour, Shirin, Dalia, Zeynep, Mariam, Rania, Elif, Hanan, Tamar, Noa",
    ),
    plain: list("Samir, Omar, Karim, Emre, Reza, Yusuf, Tariq, Hadi, Mehmet, Idris, Amir, Bilal, Daniel, Kerem"),
    last: list(
      "Qureshi, Demir, Bennani, Haddad, Rahimi, Yılmaz, El-Amin, Farouk, Nasser, Kaya, Mansour, Azizi, Saleh, Levi, Cohen",
    ),
    skin: [1, 4],
    styles: ["scarf"],
    dark: true,
    share: 110,
  },
  {
    soft: list("Priya, Anjali, Meera, Kavita, Divya, Lakshmi, Nisha, Harpreet, Sunita, Ishani, Radhika, Amrita"),
    plain: list("Arjun, Rohan, Vikram, Sanjay, Harjit, Nikhil, Anand, Kiran, Dev, Gurpreet, Rahul, Manoj"),
    last: list("Sharma, Iyer, Singh, Patel, Nair, Banerjee, Rao, Kaur, Mehta, Das, Fernando, Perera, Joshi, Gill"),
    skin: [3, 5],
    styles: ["wrap"],
    dark: true,
    share: 90,
  },
  {
    soft: list("Hana, Mei, Ji-woo, Yuki, Linh, Aiko, Xiulan, Thư, Sora, Min-seo, Ying, Naoko, Siriporn, Mai"),
    plain: list("Ji-ho, Kenji, Wei, Minh, Takumi, Jun, Haruto, Hao, Seung, Quang, Ren, Daichi, Somchai, Bao"),
    last: list("Sato, Park, Nguyễn, Chen, Tanaka, Lin, Kim, Trần, Mori, Wang, Ito, Choi, Zhang, Phạm, Hayashi, Suwan"),
    skin: [0, 2],
    dark: true,
    share: 90,
  },
  {
    soft: list("Kaimana, Aroha, Leilani, Moana, Hinemoa, Sina, Talia, Mele, Anahera"),
    plain: list("Wiremu, Tane, Keanu, Sione, Manaia, Tui, Ioane, Rangi, Nikau"),
    last: list("Parata, Akana, Tawhiri, Latu, Ngata, Kealoha, Faleolo, Henare, Taufa"),
    skin: [2, 4],
    dark: true,
    share: 50,
  },
]

/** People who write their names in the letters of home. */
export const ownLetters: readonly { name: string; region: number; soft: boolean }[] = [
  { name: "رحمة حداد", region: 4, soft: true },
  { name: "يوسف النجار", region: 4, soft: false },
  { name: "佐藤 花", region: 6, soft: true },
  { name: "김서준", region: 6, soft: false },
  { name: "王小明", region: 6, soft: false },
  { name: "Олена Коваль", region: 1, soft: true },
  { name: "Дмитро Шевчук", region: 1, soft: false },
  { name: "Ελένη Παπαδάκη", region: 2, soft: true },
  { name: "נועה לוי", region: 4, soft: true },
  { name: "प्रिया शर्मा", region: 5, soft: true },
  { name: "Тимур Ахметов", region: 1, soft: false },
  { name: "ნინო ბერიძე", region: 2, soft: true },
]
