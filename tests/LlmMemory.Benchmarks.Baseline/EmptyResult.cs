namespace LlmMemory.Benchmarks.Baseline;

/// <summary>
/// What the empty cmdlets write: as many public properties as a memory estimate has, none of them computed. The
/// benchmark refuses to run when the numbers differ, because the engine's work per object depends on them.
/// </summary>
public sealed class EmptyResult
{
    public long Property01 { get; set; }

    public long Property02 { get; set; }

    public long Property03 { get; set; }

    public long Property04 { get; set; }

    public long Property05 { get; set; }

    public long Property06 { get; set; }

    public long Property07 { get; set; }

    public long Property08 { get; set; }

    public long Property09 { get; set; }

    public long Property10 { get; set; }

    public long Property11 { get; set; }

    public long Property12 { get; set; }

    public long Property13 { get; set; }

    public long Property14 { get; set; }

    public long Property15 { get; set; }

    public long Property16 { get; set; }

    public long Property17 { get; set; }

    public long Property18 { get; set; }

    public long Property19 { get; set; }

    public long Property20 { get; set; }

    public long Property21 { get; set; }

    public long Property22 { get; set; }

    public long Property23 { get; set; }

    public long Property24 { get; set; }

    public long Property25 { get; set; }

    public long Property26 { get; set; }

    public long Property27 { get; set; }

    public long Property28 { get; set; }

    public long Property29 { get; set; }

    public long Property30 { get; set; }

    public long Property31 { get; set; }

    public long Property32 { get; set; }

    public long Property33 { get; set; }

    public long Property34 { get; set; }

    public long Property35 { get; set; }

    public long Property36 { get; set; }

    public long Property37 { get; set; }

    public long Property38 { get; set; }

    public long Property39 { get; set; }

    public long Property40 { get; set; }

    public long Property41 { get; set; }

    public long Property42 { get; set; }

    public long Property43 { get; set; }

    public long Property44 { get; set; }

    public long Property45 { get; set; }

    public long Property46 { get; set; }

    public long Property47 { get; set; }

    public long Property48 { get; set; }

    public long Property49 { get; set; }

    public long Property50 { get; set; }

    public long Property51 { get; set; }

    public long Property52 { get; set; }

    public long Property53 { get; set; }

    public long Property54 { get; set; }

    public long Property55 { get; set; }

    public long Property56 { get; set; }

    public long Property57 { get; set; }

    public long Property58 { get; set; }

    public long Property59 { get; set; }

    public long Property60 { get; set; }

    public long Property61 { get; set; }

    public long Property62 { get; set; }

    public long Property63 { get; set; }

    public long Property64 { get; set; }

    public long Property65 { get; set; }

    public long Property66 { get; set; }

    public long Property67 { get; set; }

    public long Property68 { get; set; }

    public long Property69 { get; set; }

    public long Property70 { get; set; }

    public long Property71 { get; set; }

    public long Property72 { get; set; }

    public long Property73 { get; set; }

    public long Property74 { get; set; }

    public long Property75 { get; set; }

    public long Property76 { get; set; }

    public long Property77 { get; set; }

    public long Property78 { get; set; }

    public long Property79 { get; set; }

    public long Property80 { get; set; }

    public long Property81 { get; set; }

    public long Property82 { get; set; }

    public long Property83 { get; set; }

    public long Property84 { get; set; }

    public long Property85 { get; set; }

    public long Property86 { get; set; }

    public long Property87 { get; set; }

    public long Property88 { get; set; }

    public long Property89 { get; set; }

    public long Property90 { get; set; }

    public long Property91 { get; set; }
}
