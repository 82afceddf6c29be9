"""Do permission policies grant more than anybody needs?"""
