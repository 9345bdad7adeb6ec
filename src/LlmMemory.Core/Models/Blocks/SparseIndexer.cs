namespace LlmMemory.Models.Blocks;

/// <summary>
/// The indexer of DeepSeek Sparse Attention: small heads that score every token, so that attention reads the best of
/// them only. It has a cache of its own, one key of <see cref="HeadSize"/> for each token. Source: DeepSeek-V3.2-Exp,
/// inference/model.py (Indexer); transformers, models/glm_moe_dsa.
/// </summary>
/// <param name="Heads">The heads that score, all with the same key.</param>
/// <param name="HeadSize">The width of a head.</param>
/// <param name="TopK">The tokens that attention reads at most.</param>
/// <param name="IsShared">
/// True where the layer reads what an earlier layer's indexer chose, and has neither the weights nor the cache.
/// </param>
public sealed record SparseIndexer(int Heads, int HeadSize, int TopK, bool IsShared = false)
{
    /// <summary>Writes the tensors.</summary>
    /// <param name="attention">The attention that the indexer chooses for.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="queryRank">The rank of the queries, which are made from the same latent as the attention's.</param>
    internal void WriteTensors(TensorScope attention, int hiddenSize, int queryRank)
    {
        if (IsShared)
        {
            return;
        }

        var indexer = attention.In("indexer.");
        indexer.Linear(TensorRole.Indexer, "wq_b", queryRank, (long)Heads * HeadSize);
        indexer.Linear(TensorRole.Indexer, "wk", hiddenSize, HeadSize);
        indexer.Norm("k_norm", HeadSize, NormKind.LayerNorm);
        indexer.Linear(TensorRole.Indexer, "weights_proj", hiddenSize, Heads);
    }
}
