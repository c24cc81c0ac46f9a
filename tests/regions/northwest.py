"""What English reporting calls the sub-district centres and the contested places of the north-west of Syria.

Written from general knowledge of the administrative division of 2005 to 2011 (with the sub-districts added until 2011)
and of reporting since 2012. The first name of a line is the one of the gazetteer or near it; each must find a place of
the governorate.
"""

from __future__ import annotations

SUBDISTRICT_CENTRES: dict[str, str] = {
    "Idlib": """
        Idlib, Idleb, Edlib
        Abu al-Duhur, Abu ad-Duhur, Abu al-Dhuhur, Abu Dhuhour, Abul Duhur
        Binnish, Binish, Benish
        Saraqib, Saraqeb, Sarakib
        Taftanaz, Teftnaz, Taftnaz
        Maarat Misrin, Ma'arrat Masrin, Maaret Misreen, Maarrat Misrin
        Sarmin, Sarmeen, Sermin
        Maarat al-Numan, Ma'arrat al-Nu'man, Maaret al-Nouman, Maarat Numan, Ma'arat An Nu'man
        Khan Shaykhun, Khan Sheikhoun, Khan Cheikhoun, Khan Shaykhoun, Khan Sheikhun
        Sinjar, Senjar
        Kafr Nabl, Kafranbel, Kafr Nabel, Kafrnabl
        Al-Tamanah, at-Tamanah, Tamanaah, al-Tamana'a, al-Tamaneh
        Hish, Heesh, Heish
        Harim, Harem, Haarim
        Al-Dana, ad-Dana, Dana, al-Danah
        Salqin, Salqeen, Selqin
        Kafr Takharim, Kafar Takharim, Kafr Takhareem
        Qurqania, Qurqanya, Qurqina, Qourqania, Korqanya
        Armanaz, Ermanaz
        Jisr al-Shughur, Jisr ash-Shughour, Jisr al-Shoughour, Jisr Al-Shugur, Jisr esh-Shughur
        Bdama, Badama, Bidama, Bdameh
        Darkush, Darkoush, Darkosh
        Al-Janudiyah, Janoudiyeh, al-Janudiya, Janoudieh
        Ariha, Areeha, Arihah
        Ihsim, Ehsem, Ihsem, Ahsim
        Muhambal, Mhambel, Mohambal
    """,
    "Aleppo": """
        Aleppo, Halab, Haleb
        Haritan, Huraytan, Hreitan, Hraytan, Huraitan
        Tall al-Daman, Tel al-Daman, Tell ed-Daman, Tal Daman
        Al-Zirbah, Zarbah, Zerba, az-Zirbah
        Al-Hadir, al-Hader, al-Hadhir, Hader
        Darat Izza, Daret Ezza, Darat Azza, Darat 'Izza, Dar Ta'izzah
        Al-Atarib, Atareb, al-Atareb, Atarib
        Abyan Samaan, Abin Samaan, Ibbin Samaan, Abyan
        Urum al-Kubra, Orem al-Kubra, Urem al-Kubra, Awram al-Kubra, Orm al-Kubra
        Afrin, Efrin, Afreen
        Bulbul, Bilbil, Bolbol
        Jindires, Jandairis, Jinderes, Jindayris, Jindaris
        Rajo, Raju, Rajou
        Sharran, Sharan, Sherran
        Shaykh al-Hadid, Sheikh al-Hadid, Sheikh Hadid
        Maabatli, Mabatli, Ma'btali, Mabata
        Al-Bab, el-Bab, al Bab, Albab
        Tadef, Tadif, Tedef
        Al-Rai, ar-Ra'i, al-Ra'i, al-Raee, Cobanbey
        Arima, al-Arimah, Areemeh, 'Arima
        Qabasin, Qabbasin, Qabaseen
        Azaz, A'zaz, Aazaz, I'zaz
        Akhtarin, Akhtareen, Akhterin
        Tall Rifaat, Tel Rifaat, Tal Rif'at, Tell Refaat, Tal Rifat
        Mare, Marea, Mari', Mare'
        Nubl, Nubul, Nubbol, Nobbol
        Sawran, Soran, Suran
        Manbij, Manbej, Membij, Minbij
        Abu Qalqal, Abu Qilqil, Abu Kalkal
        Al-Khafsah, al-Khafsa, Khafseh
        Maskanah, Maskana, Meskene, Maskaneh
        Abu Kahf, Abu Kahef
        Jarabulus, Jarablus, Jerablus
        Ghandurah, Ghandoura, al-Ghandura, Ghandoureh
        Ayn al-Arab, Ain al-Arab, Kobani, Kobane, 'Ayn al-'Arab
        Shuyukh Tahtani, Shuyukh, Shioukh Tahtani, Shuyukh al-Tahtani
        Sarrin, Serrin, Sirrin
        Al-Jalabiyah, Jalabiya, Chelebi
        Qinayah, Qinaya
        Al-Safira, as-Safirah, al-Safeera, as-Safira
        Khanasir, Khanaser, Khanasser
        Banan, Banan al-Hass
        Al-Hajib, al-Hajeb, Hajib
        Dayr Hafir, Deir Hafer, Deir Hafir
        Kuwayris Sharqi, Kuweires, Kweires Sharqi, Kuwaires
        Rasm Harmil al-Imam, Rasm Harmal al-Imam, Rasm al-Harmal
    """,
    "Latakia": """
        Latakia, Lattakia, al-Ladhiqiyah, Ladhiqiya, Latakiyah
        Al-Bahluliyah, Bahlouliyeh, al-Bahluliya
        Rabia, Rabi'a, Rabiah, Rabeea
        Ain al-Bayda, Ayn al-Bayda, Ein al-Baida, Ain al-Beida
        Qastal Maaf, Qastal Ma'af, Kastal Maaf
        Kessab, Kesab, Kasab, Kassab
        Al-Hanadi, Hanadi, al-Hannadi
        Al-Haffah, al-Haffa, al-Heffeh, Haffa
        Slunfeh, Slinfah, Salunfah, Slanfeh, Slenfe
        Kinsabba, Kansabba, Kinsibba, Kinssaba
        Ain al-Tinah, Ain al-Tineh, Ayn at-Tinah
        Al-Muzayraa, al-Muzayri'a, Mzeiraa, al-Muzaira
        Al-Qardahah, Qardaha, al-Qerdaha
        Harf al-Musaytirah, Harf al-Musaytara, Harf el-Mseitra
        Al-Fakhurah, al-Fakhoura, Fakhura
        Jawbat Burghal, Jobet Berghal, Jobat Burghal
        Jableh, Jabla, Jablah, Jebla
        Ain al-Sharqiyah, Ayn al-Sharqiya, Ein ash-Sharqiyeh
        Al-Qutaylibiyah, Qutailibiyah, al-Qteilbiyeh
        Ain Shiqaq, Ayn Shaqaq, Ein Shqaq
        Al-Daliyah, ad-Daliyeh, Daliyah
        Beit Yashut, Bayt Yashout, Beit Yashout
    """,
    "Hama": """
        Hama, Hamah
        Suran, Soran, Souran, Sawran
        Harbinafsah, Hirbnafsah, Harbnafsa, Hirbnafseh
        Al-Hamra, al-Hamraa, Hamra
        Al-Suqaylabiyah, as-Suqaylabiyah, Suqaylabiya, Skelbiyeh, Sqeilbiyeh
        Tall Salhab, Tel Salhab, Salhab
        Al-Ziyarah, Ziyara, az-Ziyarah, al-Ziarah
        Shathah, Shatha, Shathe
        Qalaat al-Madiq, Qal'at al-Mudiq, Qalaat al-Mudhiq, Qalat al-Madeeq, Qal'at al-Madiq
        Karnaz, Kernaz
        Salamiyah, Salamiyeh, Salamieh, as-Salamiyah, Selemiyeh
        Barri Sharqi, Berri Sharqi, Barri al-Sharqi
        Uqayribat, Aqirbat, Oqeirbat, Uqairbat, 'Uqayribat
        Al-Saan, as-Sa'an, Saan
        Sabburah, Sabboura, as-Sabburah, Sabourah
        Masyaf, Misyaf, Masyaf city
        Jubb Ramlah, Jub Ramleh, Jib Ramla
        Awj, Aouj
        Ain Halaqim, Ayn Halaqim, Ain Halaqeem
        Wadi al-Uyun, Wadi al-Oyoun, Wadi al-Ayoun
        Maharda, Mhardeh, Mahardah, Muhradah
        Kafr Zita, Kafr Zeita, Kafr Zayta, Kfar Zita
    """,
}

CONTESTED: dict[str, str] = {
    "Idlib": """
        Jabal al-Zawiya, Jebel Zawiya, Jabal Zawiya, Zawiya Mountain, Jabal az-Zawiyah
        Wadi al-Deif, Wadi Deif, Wadi al-Dayf, Wadi ad-Dayf
        Hamidiyah camp, Hamidiyeh base, al-Hamidiyah base
        Abu al-Duhur air base, Abu al-Duhur airbase, Abu al-Duhur military airport, Abu al-Dhuhur airport
        Taftanaz air base, Taftanaz airbase, Taftanaz military airport
        Al-Mastumah, Mastouma, al-Mastouma
        Bab al-Hawa, Bab al-Hawa crossing
        Atmeh, Atma, Atme, Atma camp
        Qah, Qah camp, Qah camps
        Sarmada, Sarmadah
        Killi, Kelli, Kili
        Hazano, Hizano, Hazanu
        Kafriya, Kefraya, Kafraya
        Al-Fuah, Foua, Fouaa, al-Fu'ah
        Nayrab, Neirab, al-Nairab
        Jabal al-Arbaeen, Jabal Arbaeen, Jabal al-Arbain, Arbaeen Mountain
        Kansafra, Kan Safra, Kansafrah
        Al-Bara, al-Barah, Bara
        Fattirah, Ftaira, al-Fatirah, Fatireh
        Sufuhon, Sfuhen, Sfouhen, Sufuhun
        Banin, Baneen, Binin
        Ruwayha, al-Ruwaiha, Ruweiha
        Balyun, Balyoun, Belyoun
        Ain Larouz, Ayn Larouz, Ain Laruz
        Kafr Uwayd, Kafr Oweid, Kafr Owaid, Kafar Aweid
        Hass, Haas
        Kafr Sijneh, Kafr Sajna, Kafr Sajnah
        Al-Habit, al-Hobait, al-Habeet, Hbeit
        Maar Zita, Maarzita, Maarzeita
        Jarjanaz, Jarjnaz, Jerjnaz
        Telmenes, Tal Mannas, Telmenas, Talmenes
        Al-Ghadfa, al-Ghadqa, Ghadfa
        Sukayk, Skeik, Sukeik, Skaik
        Tall Touqan, Tal Tuqan, Tel Touqan
        Khan al-Subul, Khan al-Sabil, Khan Sebil, Khan al-Sebel
        Jobas, Jubas
        Dadikh, Dadeekh
        Tarnabah, Tarnaba, Trenbeh
        Afis, Afes
        Nahlaya, Nahliya, Nahliyeh
        Muhambal, Mhambal
        Bsanqul, Bsanqoul, Basanqul
        Urum al-Jawz, Orum al-Joz, Urem al-Joz
        Furaykah, Frikka, Freikeh, Freika
        Ishtabraq, Ishtabrak, Eshtabraq
        Khirbat al-Jawz, Khirbet al-Joz, Kherbet al-Joz
        Ain al-Bayda, Ayn al-Bayda
        Najiyah, al-Najiya, Najia, Najiyeh
        Zawf, al-Zouf, al-Zawf
        Kafr Jalis, Kafr Jales
        Kafr Lusin, Kafr Lusein, Kafr Losin, Kafr Loosin
        Tall al-Karamah, Tal Karama, Tel al-Karama
        Deir Hassan, Dayr Hassan
        Kammuna camp, Kamouna camp, Kamuna camp
        Maarat al-Naasan, Maaret al-Naasan, Ma'arat Naasan
        Tall Mardikh, Tell Mardikh, Ebla
        Abu Dali, Abu Dalli
        Sarja, Sarjah, Serja
        Deir Sunbul, Deir Sonbol, Dayr Sunbul
        Bazabur, Bzabour, Bazabour
        Marayan, Mar'ayan
        Shinan, Shnan
        Nahlah, Nahleh, Nahla
        Maarrat Alya, Maaret Alya, Maarat Alia
        Barisha, Bareesha
        Hafasarjah, Hafsarja, Hafsarjah
        Millis, Milis
        Kafr Hum, Kafr Houm
        Basqala, Bsaqla, Besaqla
    """,
    "Aleppo": """
        Menagh air base, Menagh airbase, Minakh air base, Mennagh airbase, Minagh military airport
        Kuweires air base, Kweires airbase, Kuwayris air base, Kuweires military airport
        Nayrab air base, Neirab military airport, Nairab airbase
        Brigade 46, Base 46, 46th Regiment, Regiment 46
        Brigade 80, Air Defence Brigade 80
        Regiment 111, Base 111, Sheikh Suleiman base
        Handarat, Handarat camp, Handrat
        Tall Jibbin, Tal Jabin
        Bashkoy, Bashkuy, Bashkoi
        Ratyan, Rityan, Ratian
        Hardatnin, Hardatnein, Hardatneen
        Bayanun, Bayanoun, Bianoun
        Hayyan, Hayan
        Anadan, Andan, Anaddan
        Khan Tuman, Khan Touman, Khan Toman
        Khan al-Asal, Khan al-Assal, Khan Assal
        Al-Eis, al-Ais, Tel al-Eis, al-Iss
        Zahraa, al-Zahra, az-Zahraa
        Dabiq, Dabeq
        Ihtaymilat, Ehtemlat, Ihtimlat
        Hawar Kilis, Hiwar Killis, Hawar Killis
        Dudyan, Doudian, Dudian
        Turkman Barih, Turkman Bareh, Turkmen Bareh
        Kafr Naya, Kafar Naya, Kafr Nayah
        Kafr Naseh
        Deir Jamal, Dayr Jamal
        Maranaz, Marnaz
        Ain Daqnah, Ayn Daqna, Ain Diqna
        Kafr Khashir, Kafr Khasher
        Maryamin, Maryameen, Mariamin
        Malikiyah, al-Malikiya, Malikiyeh
        Shawarghah, Shawarigha, Shawaghra
        Kafr Jannah, Kafr Jana, Kafr Janneh
        Qatmah, Qatma
        Qastal Jindu, Qastal Jundu
        Barsaya, Mount Barsaya, Jabal Barsaya, Burseya
        Sughanakah, Soghanaka, Soughanaka
        Kimar, Keemar
        Basuta, Basouta, Basutah
        Ain Dara, Ayn Darah, Ein Dara
        Tall Malid, Tal Malid
        Umm Hawsh, Um Hosh, Umm al-Hosh
        Harbal, Herbel
        Sheikh Issa, Shaykh Isa, Sheikh Eisa
        Tall Qarah, Tal Qarah
        Fafin, Fafeen
        Aleppo Infantry School, Infantry School, Infantry College
        Ahras, Ahres
        Wahshiyah, al-Wahshiyeh
        Kafr Kalbin, Kafr Kalbein
        Kaljibrin, Kaljebrin, Kiljibrin
        Sijju, Sejo
        Shamarin, Shemarin
        Bab al-Salama, Bab al-Salameh, Bab al-Salam
        Deir Ballut, Deir Ballout, Deir al-Ballut, Deir Ballut camp
        Muhammadiyah camp, Mohammadiyah camp, Muhammadiyeh camp
        Bizaa, Bza'a, Buzaa
        Aqil Mountain, Jabal Aqil, Mount Aqil
        Suflaniyah, Sflaniyeh
        Abu al-Zindin, Abu Zindin, Abu Zendin
        Tishrin Dam, Tishreen Dam
        Qara Quzaq, Qara Qozak, Qere Qozaq
        Miznaz, Mizanaz
        Kafr Halab, Kafar Halab
        Kafr Nuran, Kafr Nouran
        Kafr Amma, Kafr Ammah
        Kafr Taal, Kafr Ta'al
        Basratun, Basratoun
        Sheikh Suleiman, Shaykh Sulayman
        Qabtan al-Jabal, Qubtan al-Jabal
        Anjara, Anjarah
        Al-Mansoura, al-Mansura, Mansourah
        Bala, Bala al-Fawqani
        Rashidin, al-Rashideen, Rashideen
        Jabal Azzan, Azzan
        Balas, Blas
        Al-Wadihi, al-Wudayhi, Wadihi
        Jabal Shuwayhna, Shuwayhinah
        Babis, Babees
        Maarrat al-Artiq, Maaret al-Artiq, Ma'arrat al-Artiq
        Kafr Hamra, Kafr Hamrah
        Layramoun, Leramoun, al-Layramun
        Castello Road, Castello
        Mallah Farms, al-Mallah
        Musaibin, Misibin, Musaybin
        Tamurah, al-Tamoura, Tamoureh
        Burj al-Qas, Burj al-Qass
        Zoghara camp, Zoghara
    """,
    "Latakia": """
        Kabani, Kabana, Kabina, Kbanah, Kabbani, al-Kabina, al-Kabineh, Kbani, Kabaneh, Tilal al-Kabineh, Tilal Kbana
        Jabal al-Akrad, Jabal Akrad, Jebel Akrad
        Jabal al-Turkman, Jabal al-Turkmen, Jabal Turkman, Turkmen Mountain, Jabal Turkmen
        Hmeimim air base, Hmeymim, Khmeimim, Humaymim, Hmeimim airbase
        Salma, Selma
        Nuba Mountain, Jabal al-Nuba, Jabal Nuba
        Observatory 45, Burj 45, Point 45, Tower 45
        Jabal Zahiyah, Jabal Zahia
        Tall Khudr, Tal Khodr, Tel Khader
        Ghammam, Ghamam, Ghmam
        Durin, Dourin, Doreen
        Kafr Dalbah, Kafr Delba
        Aramo, Aramu
        Tilal Barza, Barza hills
        Tuffahiyah, al-Tuffahiyah, Tuffahiyeh
        Jub al-Ahmar, Jubb al-Ahmar, Joub al-Ahmar
        Zuwayqat, Zuwaiqat, Zweiqat
        Samra, as-Samra, al-Samra
        Nab al-Murr, Nabaa al-Murr, Nabe al-Mur
        Al-Haddadah, Haddada, al-Hadadah
        Ain Issa
        Yamadiyah, al-Yamadiya, Yamadi camp, al-Yamadiyah
        Obin, Ubin, Aubin
        Burj al-Qasab, Burj Kasab
        Qalaat Shalaf, Shalaf, Shallaf
        Bayt Ablaq, Beit Ablaq
        Marj Khawkhah, Marj al-Khokha
        Istamo air base, Stamo
    """,
    "Hama": """
        Al-Ghab Plain, Sahl al-Ghab, al-Ghab, Ghab plain, Sahl el-Ghab
        Jurin, Jourin, Joureen, Jurin camp
        Al-Sarmaniyah, Sirmaniyah, Sermaniyeh
        Zayzun, Zeyzoun, Zayzoun, Zeizoun
        Qarqur, Qarqour, Karkour
        Al-Mishik, al-Mashik, Mishek
        Fawru, Foro, Fourou, Furo
        Al-Bahsa, Bahsa, al-Bahsah
        Al-Safsafa
        Al-Ankawi, Ankawi, al-Anqawi
        Qastun, Qastoun, Kastun
        Al-Amqiyah, Amqiyeh, al-Amqiya
        Al-Huwayz, al-Hawiz, Huwaiz
        Al-Huwayjah, Huwaija, al-Hwaija
        Jabal Shahshabu, Jabal Shashabo, Shahshabo
        Kafr Nabudah, Kafr Nabouda, Kafr Nabudeh, Kafr Naboudah
        Al-Lataminah, Latamneh, al-Latamneh, al-Latamina, Lataminah
        Murik, Morek, Mork
        Al-Zakat, al-Zakah, Zakat
        Arbain, al-Arbain, Arba'in
        Tall Malah, Tel Meleh, Tal Malah
        Al-Jubbayn, al-Jibbin, Jibin, al-Jabin
        Hamamiyat, al-Hamamiyat, Hamameyat, Tal Hamamiyat
        Halfaya, Helfaya, Halfayah
        Taybat al-Imam, Tibat al-Imam, Tayyibat al-Imam
        Zallaqiyat, al-Zallaqiyat, Zalaqiyat, Zilaqiyat
        Khattab, Khatab
        Qumhana, Qomhana, Kamhana
        Maardis, Ma'ardas, Maardes
        Maan, Ma'an
        Atshan, Attshan
        Al-Rahjan, al-Ruhjan, Rahjan
        Ithriyah, Ithriya, Athriya
        Sheikh Hilal, Shaykh Hilal
        Al-Masasnah, al-Masasneh, Masasinah
        Buwaydah, al-Buwayda, Bwaida
        Lahaya, Lhaya
        Tall Bazam, Tel Bizam
        Hama military airport, Hama airbase, Hama air base
        Shir Maghar, Sher Maghar, Shir Mughar
        Al-Hakurah, Hakoura, al-Hakoura
        Al-Karkat, Karkat, al-Karakat
        Tall Wasit, Tal Waset
        Al-Mansurah, al-Mansoura
        Khirbat al-Naqus, Kherbet al-Naqus
    """,
}


def lines(table: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Return (governorate, spellings of one place) for each line of a table."""
    return [
        (admin1, [name.strip() for name in line.split(",")])
        for admin1, text in table.items()
        for line in text.strip().splitlines()
    ]
