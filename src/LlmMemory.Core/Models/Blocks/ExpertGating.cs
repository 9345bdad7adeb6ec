namespace LlmMemory.Models.Blocks;

/// <summary>How a router's logits become the scores of experts.</summary>
public enum ExpertGating
{
    /// <summary>A softmax over all experts.</summary>
    Softmax,

    /// <summary>The logistic function of each logit.</summary>
    Sigmoid,

    /// <summary>A softmax over the chosen experts alone, which are chosen by their logits (gpt-oss).</summary>
    SoftmaxOfChosen,

    /// <summary>The square root of the softplus of each logit (DeepSeek-V4).</summary>
    SqrtSoftplus,
}
