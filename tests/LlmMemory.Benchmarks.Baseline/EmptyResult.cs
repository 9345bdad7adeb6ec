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
}
