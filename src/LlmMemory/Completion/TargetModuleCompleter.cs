namespace LlmMemory.Completion;

/// <summary>Offers the names of modules that most models have, and the ways to name several at once.</summary>
public sealed class TargetModuleCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public TargetModuleCompleter()
        : base(
            ("all-linear", "all-linear: every linear layer but the head"),
            ("q_proj", "q_proj: queries, [heads x head size, hidden size]"),
            ("k_proj", "k_proj: keys, [key-value heads x head size, hidden size]"),
            ("v_proj", "v_proj: values, [key-value heads x head size, hidden size]"),
            ("o_proj", "o_proj: output of attention, [hidden size, heads x head size]"),
            ("gate_proj", "gate_proj: gate of the feed-forward network, [width, hidden size]"),
            ("up_proj", "up_proj: up projection, [width, hidden size]"),
            ("down_proj", "down_proj: down projection, [hidden size, width]"),
            ("lm_head", "lm_head: the head, [vocabulary, hidden size]"),
            ("embed_tokens", "embed_tokens: the embedding, [vocabulary, hidden size]"),
            (@"re:.*self_attn\.(q|v)_proj", "re: a regular expression for whole paths of modules"))
    {
    }
}
