"""Where the demonstration's people are found: streets, postcodes and numbers of telephones, each a different one.

Streets and postcodes are those of the place. The numbers are well formed and, as far as is known, nobody's: 154 is
given to no network, and no line of Foshan begins with 84. Whoever is the ``n``-th has the same ones on every day.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services import settings

# no step shares a factor with its range, so that nobody has the number of another
HOUSES, NEXT_HOUSE = 293, 37
LINES, NEXT_LINE = 10**6, 618_033
MOBILES, NEXT_MOBILE = 10**8, 61_803_399


@dataclass(frozen=True)
class Region:
    """A district with its streets, each as postcode, town and street, and the area code of its telephones."""

    name: str
    streets: tuple[tuple[str, str, str], ...]
    area: str = "0757"


REGIONS = {
    "440604": Region(
        "佛山市禅城区",
        (
            ("528000", "祖庙街道", "同济西路"),
            ("528031", "石湾镇街道", "季华四路"),
            ("528051", "张槎街道", "古新路"),
            ("528061", "南庄镇", "南庄大道"),
            ("528000", "祖庙街道", "汾江中路"),
            ("528031", "石湾镇街道", "跃进路"),
            ("528051", "张槎街道", "轻工三路"),
            ("528061", "南庄镇", "吉利大道"),
        ),
    ),
    "440605": Region(
        "佛山市南海区",
        (
            ("528200", "桂城街道", "桂澜中路"),
            ("528231", "大沥镇", "金贸大道"),
            ("528244", "里水镇", "里水大道中"),
            ("528225", "狮山镇", "科技东路"),
            ("528216", "丹灶镇", "桂丹路"),
            ("528211", "西樵镇", "樵金路"),
            ("528203", "九江镇", "洛浦路"),
            ("528200", "桂城街道", "佛平三路"),
        ),
    ),
    "440606": Region(
        "佛山市顺德区",
        (
            ("528300", "大良街道", "南国东路"),
            ("528303", "容桂街道", "容奇大道中"),
            ("528311", "北滘镇", "三乐路"),
            ("528313", "陈村镇", "白陈路"),
            ("528315", "乐从镇", "新马路"),
            ("528318", "龙江镇", "龙洲路"),
            ("528322", "勒流街道", "连杜大道"),
            ("528308", "伦教街道", "新成路"),
        ),
    ),
    "440607": Region(
        "佛山市三水区",
        (
            ("528100", "西南街道", "三达路"),
            ("528100", "西南街道", "健力宝北路"),
            ("528137", "乐平镇", "齐力大道"),
            ("528139", "芦苞镇", "芦苞大道"),
            ("528143", "大塘镇", "大塘大道"),
            ("528131", "白坭镇", "白金大道"),
        ),
    ),
    "440608": Region(
        "佛山市高明区",
        (
            ("528500", "荷城街道", "沧江路"),
            ("528500", "荷城街道", "跃华路"),
            ("528515", "杨和镇", "杨梅大道"),
            ("528518", "明城镇", "明七路"),
            ("528522", "更合镇", "合水大道"),
            ("528500", "荷城街道", "三和路"),
        ),
    ),
    "442000": Region("中山市", (("528415", "小榄镇", "工业大道中"),), area="0760"),
}
REGIONS["440600"] = REGIONS["440604"]  # the city's own offices lie in Chancheng

OFFICES = {
    "city": settings.DEFAULTS["office.address"],
    "chancheng": "佛山市禅城区祖庙街道岭南大道北80号",
    "nanhai": "佛山市南海区桂城街道天佑三路16号",
    "shunde": "佛山市顺德区大良街道德民路22号",
    "sanshui": "佛山市三水区西南街道张边路9号",
    "gaoming": "佛山市高明区荷城街道文华路110号",
    "centre": "佛山市禅城区张槎街道季华西路68号",
    "rapid": "佛山市南海区狮山镇桃园东路99号",
}


def address(region: str, n: int) -> tuple[str, str]:
    """Return the address of the ``n``-th organisation of the city, which lies in ``region``, and its postcode."""
    place = REGIONS[region]
    postcode, town, street = place.streets[n % len(place.streets)]
    return f"广东省{place.name}{town}{street}{1 + n * NEXT_HOUSE % HOUSES}号", postcode


def landline(region: str, n: int) -> str:
    """Return the ``n``-th number of a line in ``region``."""
    return f"{REGIONS[region].area}-84{(n + 1) * NEXT_LINE % LINES:06d}"


def mobile(n: int) -> str:
    """Return the ``n``-th number of a mobile phone."""
    return f"154{(n + 1) * NEXT_MOBILE % MOBILES:08d}"
