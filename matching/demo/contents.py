"""What the demo's hospitals have written. Every text says of itself that it is invented."""

from datetime import date, timedelta

from matching.contents import PlanContents
from providers.demo.chance import chance
from providers.demo.identities import PHONE

_INVENTED = "Opdigtet tekst:"
_BEFORE = (
    "Gik uden hjælp, også på trapper, og klarede selv indkøb.",
    "Gik med stok udenfor. Klarede sig selv hjemme, men fik hjælp til rengøring.",
    "Cyklede hver dag og passede en lille have.",
)
_AT_DISCHARGE = (
    "Går med to albuestokke, højst 200 meter ad gangen. Skal have hjælp til strømper.",
    "Rejser sig med støtte og går med rollator. Bliver hurtigt træt.",
    "Løfter armen til skulderhøjde. Kan ikke bære noget tungt.",
)
_NEED = (
    "Træning af styrke, balance og gang.\nMålet er at gå på trapper og at handle ind selv.",
    "Træning af udholdenhed og af dagligdagens gøremål.\nMålet er at klare sig hjemme uden hjælp.",
)
_SAFETY = ("Risiko for at falde.", "Må ikke løfte mere end 2 kg de første seks uger.", None)
_PRACTICAL = ("Har lånt en rollator af sygehuset.", None)


def invented_contents(seed: bytes, number: int, discharged: date) -> PlanContents:
    """The contents of the demo plan of this number: always the same for the same seed."""
    random = chance(f"{seed.hex()}:contents:{number}")

    def written(texts: tuple[str | None, ...]) -> str | None:
        text = random.choice(texts)
        return f"{_INVENTED} {text}" if text else None

    return PlanContents(
        function_before=written(_BEFORE),
        function_at_discharge=written(_AT_DISCHARGE),
        need=written(_NEED),
        safety=written(_SAFETY),
        practical=written(_PRACTICAL),
        start_deadline=discharged + timedelta(days=14) if random.random() < 0.2 else None,
        hospital=f"Opdigtet Sygehus, afsnit {random.randint(1, 9)}",
        region_contact=PHONE,
        made_with_citizen=True,
        sent_with_consent=True,
    )
