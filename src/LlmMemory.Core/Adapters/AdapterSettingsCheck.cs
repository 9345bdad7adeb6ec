using LlmMemory.Errors;

namespace LlmMemory.Adapters;

/// <summary>Refuses settings that a method does not have, or cannot do without.</summary>
internal static class AdapterSettingsCheck
{
    /// <summary>Checks a specification.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterSettingInvalid"/>, <see cref="ErrorIds.AdapterRankOutOfRange"/>.</exception>
    public static void Ensure(AdapterSpecification specification, AdapterMethod method)
    {
        EnsureRank(specification, method);
        EnsureSizes(specification, method);
        EnsureTokens(specification, method);
        EnsureModules(specification, method);
    }

    private static void EnsureRank(AdapterSpecification specification, AdapterMethod method)
    {
        Refuse(!method.TakesRank && specification.Rank is not null, specification.Rank, $"{method.Name} has no rank. Leave -Rank out.");
        Refuse(
            (method.DefaultRank is null || method == AdapterMethod.AdaLora) && specification.RankPattern.Count > 0,
            method.Name,
            $"{method.Name} has no rank for single modules. Leave -RankPattern out.");
        if (specification.Rank is { } rank)
        {
            AdapterErrors.EnsureRank(rank);
        }
    }

    private static void EnsureSizes(AdapterSpecification specification, AdapterMethod method)
    {
        var size = specification.BlockSize;
        Refuse(!method.TakesBlockSize && size is not null, size, $"{method.Name} has no blocks. Leave -BlockSize out.");
        Refuse(size < 1, size, $"Blocks of {size} are none. A good -BlockSize is 32.");
        Refuse(
            method.RankCountsBlocks && size is not null && specification.Rank is not null,
            size,
            $"{method.Name} takes the number of blocks or their size: -Rank or -BlockSize, not both.");
    }

    private static void EnsureTokens(AdapterSpecification specification, AdapterMethod method)
    {
        var tokens = specification.Tokens;
        Refuse(!method.TakesTokens && tokens is not null, tokens, $"{method.Name} trains no tokens. Leave -AdapterTokens out.");
        Refuse(method.TakesTokens && tokens is null, method.Name, $"{method.Name} needs to know how many tokens it trains. Say -AdapterTokens 20.");
        Refuse(tokens < 1, tokens, $"{tokens} tokens are none. A good -AdapterTokens is 20.");
    }

    private static void EnsureModules(AdapterSpecification specification, AdapterMethod method)
    {
        Refuse(
            method.PromptTensors is not null && specification.TargetModules.Count > 0,
            method.Name,
            $"{method.Name} stands beside no modules. Leave -TargetModules out.");
        Refuse(
            !method.TakesParameters && specification.TargetParameters.Count > 0,
            method.Name,
            $"{method.Name} adapts no bare parameters; LoRA does. Leave -TargetParameters out.");
        Refuse(
            method != AdapterMethod.Ia3 && specification.FeedForwardModules.Count > 0,
            method.Name,
            $"{method.Name} does not tell feed-forward modules apart; IA3 does. Leave -FeedForwardModules out.");
    }

    private static void Refuse(bool isWrong, object? value, string message)
    {
        if (isWrong)
        {
            throw AdapterErrors.Setting(value, message);
        }
    }
}
