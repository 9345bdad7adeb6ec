using System;

namespace LlmMemory.Estimation;

/// <summary>In which phases of serving a component lives; the bits follow <see cref="EstimatePhases.Serving"/>.</summary>
[Flags]
internal enum ServingPhase
{
    /// <summary>The weights come in.</summary>
    Load = 1,

    /// <summary>A prompt is read.</summary>
    Prefill = 2,

    /// <summary>An answer is written, token by token.</summary>
    Decode = 4,

    /// <summary>From the first request on.</summary>
    Running = Prefill | Decode,

    /// <summary>From start to end.</summary>
    Always = Load | Prefill | Decode,
}
