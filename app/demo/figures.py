"""The figures that the demonstration's city reports: invented, and of a size that a city like it would have."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from app.domain.targets import Stage

FIRST = 2019  # the year of the first figure of each line
DISTRICTS = ("chancheng", "nanhai", "shunde", "sanshui", "gaoming")

# What each district has of the whole, in the order above; what is left over goes to the largest.
SHARES = (Decimal("0.17"), Decimal("0.29"), Decimal("0.36"), Decimal("0.11"), Decimal("0.07"))
LARGEST = 2

# Totals of the city by target and year, told by the districts.
TOTALS: dict[str, tuple[str, ...]] = {
    "K01": ("0", "62", "138", "214", "236", "251", "268"),
    "K02": ("0", "85", "152", "221", "248", "270", "296"),
    "K04": ("23600", "26100", "28900", "32400", "37100", "42300", "47800"),
    "K06": ("0", "28", "64", "112", "139", "161", "188"),
    "K07": ("318000", "372000", "441000", "512000", "566000", "611000", "655000"),
    "K08": ("158", "160", "163", "165", "165", "169", "171"),
    "K09": ("6", "9", "13", "17", "21", "24", "27"),
    "K10": ("31.2", "48.6", "66.9", "92.4", "118.3", "141.7", "163.5"),
    "K14": ("8", "11", "15", "19", "22", "25", "29"),
}
# What the bureau reports of the city; empty where there was nothing to report.
OF_THE_CITY: dict[str, tuple[str, ...]] = {
    "K03": ("", "1", "1", "1", "1", "1", "1"),
    "K05": ("28.9", "29.4", "31.8", "35.2", "38.9", "43.6", "48.9"),
    "K11": ("", "1", "2", "4", "5", "5", "6"),
}
# K05 of each district in the first year, and what comes on top each year.
FOR_TEN_THOUSAND = (("31.6", "2.9"), ("30.2", "3.1"), ("36.8", "4.2"), ("20.4", "2.3"), ("18.1", "2.2"))
STAGES: dict[str, dict[int, tuple[Stage, str]]] = {
    "K12": {
        2020: (Stage.UNDER_WAY, "发明专利授权量和商标注册量保持增长，地理标志新增 1 件。"),
        2021: (Stage.UNDER_WAY, "发明专利授权占比提高，高价值发明专利拥有量首次纳入统计。"),
        2022: (Stage.REACHED, "三类产出连续三年增长，发明专利维持年限高于全省平均。"),
    },
    "K13": {
        2021: (Stage.UNDER_WAY, "知识产权运营中心投入运行，备案许可合同 214 份。"),
        2022: (Stage.REACHED, "质押融资超过方案目标，首单专利许可证券化产品发行。"),
    },
    "K16": {
        2020: (Stage.PREPARED, "完成创建方案的前期调研。"),
        2021: (Stage.UNDER_WAY, "创建方案经市政府同意后报送省局。"),
        2022: (Stage.REACHED, "已列入国家知识产权强市建设名单。"),
    },
}
PLANNED = {"K01": "260", "K04": "45000", "K07": "650000", "K10": "150", "K11": "6"}  # by the bureau, for the last year
GOALS = {"K01": "50", "K04": "9000", "K10": "30", "K06": "35"}  # by a district for itself, times its share


def of_district(target_id: str, year: int, place: int) -> Decimal | None:
    """Return what the district at ``place`` reports of a target for a year; ``None`` where there is no figure."""
    n = year - FIRST
    if target_id == "K05":
        first, more = FOR_TEN_THOUSAND[place]
        return Decimal(first) + n * Decimal(more)
    if target_id == "K15":
        return Decimal(3 + (place + n) % 3) if n else None
    total = Decimal(TOTALS[target_id][n])
    unit = Decimal("0.1") if "." in TOTALS[target_id][n] else Decimal(1)
    parts = [(total * share).quantize(unit, ROUND_HALF_UP) for share in SHARES]
    parts[LARGEST] += total - sum(parts)
    return parts[place]
