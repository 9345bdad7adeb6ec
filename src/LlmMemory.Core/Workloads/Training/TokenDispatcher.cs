using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>How tokens come to the experts of other ranks. Source: NVIDIA/Megatron-LM megatron/core/transformer/moe/token_dispatcher.py.</summary>
public sealed class TokenDispatcher : NamedChoice
{
    private TokenDispatcher(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Every rank gathers the tokens of all.</summary>
    public static TokenDispatcher AllGather { get; } = new("AllGather", "AllGather: every rank gathers the tokens of all");

    /// <summary>Every token is sent to the ranks of its experts.</summary>
    public static TokenDispatcher AllToAll { get; } = new("AllToAll", "AllToAll: every token is sent to the ranks of its experts", "a2a", "flex", "deepep");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<TokenDispatcher> All { get; } =
        new("token dispatcher", Errors.ErrorIds.TokenDispatcherUnknown, AllGather, AllToAll);
}
