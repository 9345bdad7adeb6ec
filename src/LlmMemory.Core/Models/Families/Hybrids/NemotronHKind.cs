namespace LlmMemory.Models.Families.Hybrids;

/// <summary>What a layer of Nemotron-H is made of; each has one block.</summary>
internal enum NemotronHKind
{
    /// <summary>M, mamba: a state space.</summary>
    Mamba,

    /// <summary>*, attention.</summary>
    Attention,

    /// <summary>-, mlp: a dense network.</summary>
    Dense,

    /// <summary>E, moe: a mixture of experts.</summary>
    Experts,
}
