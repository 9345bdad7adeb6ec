using LlmMemory.Naming;

namespace LlmMemory.Estimation.Cases;

/// <summary>An estimate that was made outside of a case: it answers what it holds, and nothing else.</summary>
internal sealed class MadeCase(MemoryEstimate estimate) : EstimateCase
{
    /// <inheritdoc/>
    internal override bool KnowsDevices => (estimate.Engine ?? estimate.Framework) is not null;

    /// <inheritdoc/>
    internal override EstimateCase StoredAs(INamed format)
    {
        return this;
    }

    private protected override MemoryEstimate Make()
    {
        return estimate;
    }
}
