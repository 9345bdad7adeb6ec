namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// What a node of a graph computes, as far as its memory depends on it. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/include/ggml.h (ggml_op).
/// </summary>
internal enum GraphOperation
{
    /// <summary>Nothing: an input, a weight, a cache, or what only keeps others alive.</summary>
    None,

    /// <summary>A part of another tensor.</summary>
    View,

    /// <summary>Another tensor with other lengths.</summary>
    Reshape,

    /// <summary>Another tensor with its axes in another order.</summary>
    Permute,

    /// <summary>A sum.</summary>
    Add,

    /// <summary>A sum with the rows of chosen experts.</summary>
    AddId,

    /// <summary>A difference.</summary>
    Subtract,

    /// <summary>A product, element by element.</summary>
    Multiply,

    /// <summary>A quotient, element by element.</summary>
    Divide,

    /// <summary>A product with a number.</summary>
    Scale,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A square root.</summary>
    SquareRoot,

    /// <summary>The logistic function.</summary>
    Sigmoid,

    /// <summary>The logarithm of one and the exponential.</summary>
    Softplus,

    /// <summary>Any other function of each element.</summary>
    Unary,

    /// <summary>Elements held between two bounds.</summary>
    Clamp,

    /// <summary>One number in every element.</summary>
    Fill,

    /// <summary>Rotary positions.</summary>
    Rope,

    /// <summary>A normalisation by the root mean square.</summary>
    RmsNorm,

    /// <summary>A softmax, with a mask or without.</summary>
    SoftMax,

    /// <summary>A normalisation by mean and variance.</summary>
    Norm,

    /// <summary>A product of matrices.</summary>
    MatMul,

    /// <summary>A product with the matrices of chosen experts.</summary>
    MatMulId,

    /// <summary>A gated unit: the activation of one half times the other.</summary>
    GatedUnit,

    /// <summary>A copy with the elements side by side.</summary>
    Contiguous,

    /// <summary>A copy in another type.</summary>
    Cast,

    /// <summary>A copy into memory that is there already.</summary>
    Copy,

    /// <summary>Two tensors put together.</summary>
    Concat,

    /// <summary>A tensor repeated.</summary>
    Repeat,

    /// <summary>A tensor with zeros around it.</summary>
    Pad,

    /// <summary>Chosen rows.</summary>
    GetRows,

    /// <summary>Rows put into memory that is there already.</summary>
    SetRows,

    /// <summary>The order of the elements of each row.</summary>
    ArgSort,

    /// <summary>The sum of each row.</summary>
    SumRows,

    /// <summary>Attention in one operation.</summary>
    FlashAttention,

    /// <summary>The short convolution of a state space.</summary>
    ShortConvolution,

    /// <summary>The scan of a state space.</summary>
    StateScan,

    /// <summary>The gated delta rule.</summary>
    GatedDelta,

    /// <summary>Any other operation whose result has memory of its own.</summary>
    Other,
}
